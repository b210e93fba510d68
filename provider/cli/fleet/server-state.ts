import { placesOfServer } from "../../lifecycle/server/places";
import { stackOf } from "../../lifecycle/stack-of";
import { belongsElsewhere, current } from "../../plan/compare/live";
import { firstReleaseThatVerifies } from "../../plan/placement/releases";
import { config as configTable, type ConfigState } from "../../schema/config";
import { certificate as certificateTable } from "../../schema/certificate";
import { connector as connectorTable } from "../../schema/connector";
import { driverOnServer } from "../../schema/driver";
import { parse } from "../../schema/read";
import type { ServerInputs } from "../../schema/server";
import { isAtLeast } from "../../vocabulary/version";
import { driftOfConfig, isRestartDue } from "./drift-of-config";
import type { CellState } from "./fleet.types";
import { certificateOf, endsSoon, type EndingTrust, type Item, type PlaceState } from "./place-state";
import { seenOf, type PlaceContext } from "./place-context";
import type { StateResource } from "./stack-state";

/** A server as the resources of one stack tell of it. */
export function serverState(server: ServerInputs, resources: readonly StateResource[], context: PlaceContext): PlaceState {
  const configs = resources.filter(({ kind }) => kind === "config").map(({ properties }) => parse(configTable.state, properties));
  const [config] = configs;
  const listed = configs.flatMap((one) => itemsOf(one, context.now));
  const stored = resources.flatMap((resource) => storedItem(resource, context.now));
  const loaded = config?.loaded ?? current;
  const waiting = configs.flatMap(({ activationDue }) => activationDue ?? []);
  return {
    place: placeOf(server, config, resources, context),
    items: [...listed, ...stored.filter((one) => !listed.some(({ kind, name }) => kind === one.kind && name === one.name))],
    drift: [...configs.flatMap(driftOfConfig), ...resources.flatMap(storeDrift)],
    restart: isRestartDue(loaded) ? loaded : null,
    belongsTo: loaded.startsWith(belongsElsewhere) ? loaded.slice(belongsElsewhere.length).trim() : null,
    waiting: waiting.length === 0 ? null : waiting.join("; "),
    failed: resources.flatMap(({ failed }) => failed),
    notSeen: [
      ...(config === undefined ? ["What it runs is not known: no `TableauServerPluginsConfig` is in the state."] : []),
      ...(loaded.startsWith("not known") ? [`What it runs is ${loaded}.`] : []),
      ...notLooked(resources),
    ],
    unverified: verificationOf(config) === "off" ? [offSentence(config)] : [],
    endingTrust: resources.flatMap((resource) => endingTrust(resource, context.now)),
    addresses: placesOfServer(server),
    ownStack: config === undefined ? null : stackOf(config.__urn),
    ownerToken: config?.ownerToken ?? null,
  };
}

/** Why resources could not be looked at. */
export function notLooked(resources: readonly StateResource[]): string[] {
  const whys = resources.flatMap(({ looked }) => (looked.by === "us, in vain" ? [looked.why] : []));
  return [...new Set(whys)].map((why) => `It could not be looked at, so what follows is what Pulumi saw last. ${why}`);
}

function placeOf(
  server: ServerInputs,
  config: ConfigState | undefined,
  resources: readonly StateResource[],
  { stack, id }: PlaceContext,
): PlaceState["place"] {
  const told = config?.tableauVersion ?? server.version ?? null;
  return {
    id,
    kind: "server",
    name: server.name,
    stack,
    product: null,
    nodes: server.nodes.map(({ name }) => name),
    release: told,
    status: config?.serverStatus ?? null,
    verification: verificationOf(config),
    seen: seenOf(resources.some(({ kind }) => kind === "config") ? resources.filter(({ kind }) => kind === "config") : resources),
    unlisted: config?.unlisted ?? [],
  };
}

function verificationOf(config: ConfigState | undefined): "on" | "off" | "not known" {
  if (config?.applied === undefined) return "not known";
  if (config.tableauVersion !== undefined && !isAtLeast(config.tableauVersion, firstReleaseThatVerifies)) return "off";
  return config.applied.disableVerifyConnectorPluginSignature?.toLowerCase() === "true" ? "off" : "on";
}

function offSentence(config: ConfigState | undefined): string {
  return config?.applied?.disableVerifyConnectorPluginSignature?.toLowerCase() === "true"
    ? "loads connectors without verifying their signatures"
    : `loads connectors without verifying their signatures, as every Tableau Server before ${firstReleaseThatVerifies} does`;
}

function itemsOf(config: ConfigState, now: Date): Item[] {
  const { connectors, drivers = [], running } = config;
  const packages = connectors.map(({ fileName, sha256, pluginClass, pluginVersion, signature }): Item => {
    const certificate = certificateOf(signature);
    const confirmed = running === undefined ? undefined : (running[pluginClass] ?? null);
    const isSame = confirmed === undefined || confirmed?.sha256 === sha256;
    return {
      kind: "connector",
      name: pluginClass,
      fileName,
      version: pluginVersion,
      sha256,
      running: isSame || isNotKnown(config) ? null : (confirmed ?? "not confirmed"),
      certificate,
      states: [
        ...liveStates(config, fileName, sha256, isSame ? "confirmed" : "not confirmed"),
        ...(endsSoon(certificate, now) ? ["certificate-ends" as const] : []),
      ],
    };
  });
  const jars = drivers.map(({ fileName, sha256 }): Item => ({
    kind: "driver",
    name: fileName,
    fileName,
    version: null,
    sha256,
    running: null,
    certificate: null,
    states: liveStates(config, fileName, sha256, "confirmed"),
  }));
  return [...packages, ...jars];
}

function liveStates(config: ConfigState, fileName: string, sha256: string, running: "confirmed" | "not confirmed"): CellState[] {
  const { live, loaded, activationDue = null, server } = config;
  if (isNotKnown(config)) return ["not-known"];
  const isThere = server.nodes.every(({ name }) => (live[name]?.[fileName] ?? sha256) === sha256);
  if (!isThere) return [activationDue === null ? "drift" : "waiting"];
  return running === "not confirmed" && isRestartDue(loaded) ? ["restart-due"] : [];
}

/** Nobody looked after a failure, or another owner's set is on the server. */
function isNotKnown({ loaded }: ConfigState): boolean {
  return loaded.startsWith("not known") || loaded.startsWith(belongsElsewhere);
}

/** A package or driver that is delivered; a config makes it live. */
function storedItem({ kind, properties }: StateResource, now: Date): Item[] {
  if (kind === "connector") {
    const { pluginClass, fileName, pluginVersion, sha256, signature } = parse(connectorTable.inputs, properties);
    const certificate = certificateOf(signature);
    const states: CellState[] = ["not-live", ...(endsSoon(certificate, now) ? ["certificate-ends" as const] : [])];
    return [{ kind, name: pluginClass, fileName, version: pluginVersion, sha256, running: null, certificate, states }];
  }
  if (kind !== "driver") return [];
  const { fileName, sha256 } = parse(driverOnServer, properties);
  return [{ kind, name: fileName, fileName, version: null, sha256, running: null, certificate: null, states: ["not-live"] }];
}

const storeWords: Readonly<Record<string, string>> = { absent: "missing from", damaged: "damaged in" };

function storeDrift({ kind, properties }: StateResource): string[] {
  const stored = storedOf(kind, properties);
  if (stored === null) return [];
  return Object.entries(stored.delivered)
    .filter(([, digest]) => digest !== stored.sha256)
    .map(([node, found]) => `${stored.name} is ${storeWords[found] ?? "another file in"} the store of ${node}`);
}

interface Stored {
  readonly name: string;
  readonly sha256: string;
  readonly delivered: Readonly<Record<string, string>>;
}

function storedOf(kind: StateResource["kind"], properties: StateResource["properties"]): Stored | null {
  if (kind === "certificate") {
    const { alias, ...stored } = parse(certificateTable.inputs, properties);
    return { name: `the certificate ${alias}`, ...stored };
  }
  if (kind !== "connector" && kind !== "driver") return null;
  const { fileName, ...stored } = kind === "connector" ? parse(connectorTable.inputs, properties) : parse(driverOnServer, properties);
  return { name: fileName, ...stored };
}

function endingTrust({ kind, properties }: StateResource, now: Date): EndingTrust[] {
  if (kind !== "certificate") return [];
  const { alias, subject, notAfter } = parse(certificateTable.inputs, properties);
  return endsSoon({ notAfter, timestamped: false }, now) ? [{ alias, subject, notAfter }] : [];
}
