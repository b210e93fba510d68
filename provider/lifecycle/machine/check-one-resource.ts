import { type Declared, namesOf, shared } from "../declared";
import type { Failures } from "../../schema/failures";
import type { MachineInputs } from "../../schema/machine";
import type { Properties } from "../lifecycle";
import { addressOf } from "../server/places";
import { hasUnknown } from "../../schema/unknown";
import { urnOf } from "../urn-of";

/** The properties that name the file: in `machine` the one of its folder, where the program gives one, and the one of its name. */
interface FileOnMachine {
  readonly folder: "repository" | "driversDirectory" | null;
  readonly name: "fileName" | "path";
}

/** Refuses a second resource for one file of a machine: each `up` would have the one replace what the other has placed. */
export function checkOneResource(
  declared: Declared,
  { folder, name }: FileOnMachine,
  olds: Properties,
  inputs: Properties,
  failures: Failures,
): void {
  const placesIn = (properties: Properties): string[] => placesOf(properties, folder, name);
  const urn = urnOf(inputs);
  const places = placesIn(inputs);
  const other = declared.declare({ urn, places, earlierPlaces: placesIn(olds) });
  if (other === null) return;
  const [ownName, otherName] = namesOf(urn, other.urn);
  failures.add(
    name,
    `is the file of two resources, ${otherName} and ${ownName} (${shared(places, other.places).join(", ")}): remove one of them, or give one another ${name}`,
  );
}

// What is not known yet is nobody's.
function placesOf(properties: Properties, folder: FileOnMachine["folder"], name: FileOnMachine["name"]): string[] {
  const { machine, [name]: file } = properties as { machine?: MachineInputs } & Properties;
  if (typeof file !== "string" || machine === undefined || hasUnknown([machine, file])) return [];
  const address = addressOf(machine);
  if (address === null) return [];
  const inFolder = folder === null ? "" : ` in ${machine[folder] ?? "the usual folder"} of ${machine.product ?? "desktop"}`;
  return [`${file}${inFolder} on ${machine.user === undefined ? "" : `${machine.user}@`}${address}`];
}
