import { addressOf, addressesOfServer } from "../../lifecycle/server/places";
import type { Properties } from "../../lifecycle/lifecycle";
import { field, type Inputs } from "../../schema/field";
import { object } from "../../schema/kinds";
import { machineInputs } from "../../schema/machine";
import { parse } from "../../schema/read";
import { serverInputs } from "../../schema/server";
import { isObject } from "../../vocabulary/is-object";
import { TableauError } from "../../vocabulary/error";
import { machineState } from "./machine-state";
import type { PlaceState } from "./place-state";
import { serverState } from "./server-state";
import type { StackState, StateResource } from "./stack-state";

const onServer = { server: field(object("TableauServerArgs", serverInputs), { need: "required", says: "The server." }) };
const onMachine = { machine: field(object("DesktopMachineArgs", machineInputs), { need: "required", says: "The machine." }) };

/** The servers and machines of a stack, and what of it nobody can read. */
export interface StackPlaces {
  readonly stack: StackState;
  readonly places: readonly PlaceState[];
  readonly notSeen: readonly string[];
}

/** Sorts the resources of a stack by what they are on. */
export function placesOfStack(stack: StackState, now: Date): StackPlaces {
  const groups = new Map<string, StateResource[]>();
  const notSeen: string[] = [];
  for (const resource of stack.resources) {
    const key = orWhyNot(() => keyOf(resource.properties), resource, notSeen);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), resource]);
  }
  const ids = new Set<string>();
  const places = [...groups.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    return orWhyNot(() => toPlace(stack.name, [first, ...others], ids, now), first, notSeen) ?? [];
  });
  return { stack, places, notSeen };
}

type Group = readonly [StateResource, ...StateResource[]];

// A label is free: what is reached elsewhere is another place, whatever it is called.
function keyOf(properties: Properties): string {
  if (isObject(properties["machine"])) {
    const { machine } = parse(onMachine, properties);
    return JSON.stringify(["machine", machine.name, machine.product ?? "desktop", addressOf(machine)]);
  }
  const { server } = parse(onServer, properties);
  return JSON.stringify(["server", server.name, addressesOfServer(server)[0] ?? null]);
}

function toPlace(stack: string, group: Group, ids: Set<string>, now: Date): PlaceState {
  const [{ properties }] = group;
  if (isObject(properties["machine"])) {
    const { machine }: Inputs<typeof onMachine> = parse(onMachine, properties);
    const id = newId(ids, `${stack}::machine::${machine.name}::${machine.product ?? "desktop"}`);
    return machineState(machine, group, { stack, id, now });
  }
  // The config is the latest that knows all nodes.
  const source = group.find(({ kind }) => kind === "config") ?? group[0];
  const { server } = parse(onServer, source.properties);
  return serverState(server, group, { stack, id: newId(ids, `${stack}::server::${server.name}`), now });
}

function newId(ids: Set<string>, wanted: string): string {
  const id = ids.has(wanted) ? `${wanted} (${String(ids.size + 1)})` : wanted;
  ids.add(id);
  return id;
}

function orWhyNot<T>(read: () => T, { urn }: StateResource, notSeen: string[]): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof TableauError)) throw error;
    notSeen.push(`${urn.split("::").at(-1) ?? urn}: ${error.message}`);
    return null;
  }
}
