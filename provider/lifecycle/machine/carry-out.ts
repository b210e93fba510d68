import { placeFile } from "../../machine/place-file";
import { TableauError } from "../../vocabulary/error";
import type { Host } from "../../host/host";
import type { Placing } from "../../machine/plan/plan-placing";
import { products } from "../../machine/plan/products";
import type { SeenPlace } from "../../machine/plan/seen-machine";
import type { DesktopInputs } from "../../schema/desktop-connector";
import { readPackage } from "../package/package-source";
import type { Services } from "../services";
import { stackOf } from "../stack-of";
import { productOf } from "./machine-audience";
import { commandTimeoutSeconds } from "./to-machine-question";

/** What every file on a machine has, of whatever resource. */
export type FileOnMachine = Pick<DesktopInputs, "machine" | "credentials" | "source" | "sha256" | "fileName" | "__urn">;

/** Where it was placed, and the token of the note beside it. */
export type PlacedFile = FileOnMachine & { readonly folder: string; readonly ownerToken: string };

interface Work {
  readonly placing: Placing;
  /** Full sentences. */
  readonly warnings: readonly string[];
  readonly seen: SeenPlace;
  readonly ownerToken: string;
  /** Throws where these bytes must not be placed. */
  readonly approve: (bytes: Buffer) => Promise<void>;
}

/** Does on a machine what was planned for one file there, and tells of it; refused is refused before anything is done. */
export async function carryOut(services: Services, host: Host, properties: FileOnMachine, work: Work): Promise<void> {
  const { machine, source, sha256, fileName, __urn: urn } = properties;
  const { placing, seen, ownerToken } = work;
  refuse(machine.name, placing.refusals);
  const { title, relaunch } = products[productOf(machine)];
  const warn = (sentence: string): void => services.voice.warn(urn, `[${machine.name}] ${sentence}`);
  work.warnings.forEach(warn);
  if (placing.action === "none") return;
  const { bytes } = await readPackage(source, sha256, services.cacheDirectory, fileName.endsWith(".jar") ? "driver" : "package");
  await work.approve(bytes);
  const note = `${ownerToken}\n${stackOf(urn)}`;
  const file = { folder: seen.folder, fileName, sha256, mode: "0644" as const, note };
  await placeFile(host, file, placing.action === "adopt" ? null : bytes, placing.was, commandTimeoutSeconds);
  const done = placing.action === "adopt" ? "has and keeps" : "placed";
  services.voice.progress(urn, `[${machine.name}] ${done} ${fileName} in ${seen.folder}`);
  if (seen.running && placing.action === "place") warn(`${title} is running: it loads ${fileName} when you ${relaunch}.`);
}

function refuse(node: string, refusals: readonly string[]): void {
  if (refusals.length === 0) return;
  throw new TableauError("plan-refused", {
    node,
    message: `Nothing was changed. ${refusals.join(" ")}`,
    next: "Then run `pulumi up` again.",
  });
}
