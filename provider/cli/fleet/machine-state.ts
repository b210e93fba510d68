import { desktopConnector } from "../../schema/desktop-connector";
import { desktopLauncher } from "../../schema/desktop-launcher";
import { driverPlaced } from "../../schema/driver";
import { parse } from "../../schema/read";
import { addressOf } from "../../lifecycle/server/places";
import type { MachineInputs } from "../../schema/machine";
import { short } from "../../plan/describe/describe-step";
import { certificateOf, endsSoon, type Item, type PlaceState } from "./place-state";
import { seenOf, type PlaceContext } from "./place-context";
import { notLooked } from "./server-state";
import type { StateResource } from "./stack-state";

/** One product on a person's machine, as the resources of one stack tell of it. */
export function machineState(machine: MachineInputs, resources: readonly StateResource[], context: PlaceContext): PlaceState {
  const placed = resources.flatMap((resource) => placedOf(resource, context.now));
  const address = addressOf(machine);
  return {
    place: {
      id: context.id,
      kind: "machine",
      name: machine.name,
      stack: context.stack,
      product: machine.product ?? "desktop",
      nodes: [],
      release: machine.version ?? null,
      status: null,
      verification: null,
      seen: seenOf(resources),
      unlisted: [],
    },
    items: placed.flatMap(({ item }) => item ?? []),
    drift: placed.flatMap(({ drift }) => drift ?? []),
    restart: null,
    belongsTo: null,
    waiting: null,
    failed: resources.flatMap(({ failed }) => failed),
    notSeen: notLooked(resources),
    unverified: resources.flatMap(launcherWithout),
    endingTrust: [],
    addresses: address === null ? [] : [address],
    ownStack: null,
    ownerToken: null,
  };
}

interface Placed {
  readonly item: Item | null;
  readonly drift: string | null;
}

function placedOf({ kind, properties }: StateResource, now: Date): Placed[] {
  if (kind === "desktopConnector") {
    const { pluginClass: name, fileName, pluginVersion: version, sha256, signature, placed } = parse(desktopConnector.inputs, properties);
    const certificate = certificateOf(signature);
    const drift = driftOf(fileName, placed, sha256);
    const states = [...(drift === null ? [] : ["drift" as const]), ...(endsSoon(certificate, now) ? ["certificate-ends" as const] : [])];
    return [{ item: { kind: "connector", name, fileName, version, sha256, running: null, certificate, states }, drift }];
  }
  if (kind === "driver") {
    const { fileName, sha256, placed } = parse(driverPlaced, properties);
    const drift = driftOf(fileName, placed, sha256);
    const states = drift === null ? [] : (["drift"] as const);
    return [{ item: { kind, name: fileName, fileName, version: null, sha256, running: null, certificate: null, states }, drift }];
  }
  if (kind !== "desktopLauncher") return [];
  const { placed, ownDigest, file } = parse(desktopLauncher.state, properties);
  return [{ item: null, drift: driftOf(file, placed, ownDigest) }];
}

function driftOf(fileName: string, found: string, sha256: string): string | null {
  if (found === sha256) return null;
  if (found === "absent") return `${fileName} is missing`;
  if (/^[0-9a-f]{64}$/.test(found)) return `${fileName} has digest ${short(found)}, expected ${short(sha256)}`;
  return `${fileName} is ${found.startsWith(sha256) ? found.slice(sha256.length).trim() : found}`;
}

function launcherWithout({ kind, properties }: StateResource): string[] {
  if (kind !== "desktopLauncher") return [];
  const { disableVerifyConnectorPluginSignature: without, file } = parse(desktopLauncher.state, properties);
  return without === true ? [`has a launcher that starts Tableau without verifying signatures: ${file}`] : [];
}
