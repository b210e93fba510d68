import fc from "fast-check";
import type { Properties } from "../../../../provider/lifecycle/lifecycle";
import { connector, digest } from "../../../plan/support/servers";

/** Inputs of a TableauServerPluginsConfig before check, one top-level argument each; those of its server apart. */
export interface GeneratedProgram {
  readonly server: Properties;
  readonly config: Properties;
}

const oneOf = fc.constantFrom;
const rarely = <T>(...values: T[]): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: oneOf(...values) });

/** Every connector, driver and node that a program may list. */
export const connectors = ["a_jdbc", "b_jdbc", "c_jdbc"].flatMap((name) => ["1.0.0", "1.1.0"].map((version) => connector(name, version)));
export const drivers = ["x.jar", "y.jar"].flatMap((fileName) =>
  ["1", "2"].map((version) => ({ fileName, sha256: digest(fileName + version) })),
);
const signature = { status: "signed", signers: [] };

const listed = fc
  .tuple(...["a_jdbc", "b_jdbc", "c_jdbc"].map((name) => oneOf(null, ...connectors.filter(({ pluginClass }) => pluginClass === name))))
  .map((some) => some.filter((one) => one !== null).map((one) => ({ ...one, minVersionTableau: "2019.4", signature })));
const listedDrivers = fc
  .tuple(...["x.jar", "y.jar"].map((name) => oneOf(null, ...drivers.filter(({ fileName }) => fileName === name))))
  .map((some) => some.filter((one) => one !== null));

// A node of one name may be reached by another address: then nobody knows whether it is the same machine.
const node = (name: string): fc.Arbitrary<Properties> =>
  fc.record({
    name: fc.constant(name),
    host: oneOf(name, name, name, `${name}.new`),
    port: oneOf(22, 22, 22, 2222),
    user: oneOf("deploy", "root"),
  });
const lastingNode = (name: string): fc.Arbitrary<Properties> => fc.constant({ name, host: name, port: 22, user: "deploy" });
const nodes = oneOf(["node1"], ["node1", "node2"], ["node1", "node2"], ["node2", "node1"], ["node1", "node2", "node3"]).chain((names) =>
  fc.oneof({ weight: 2, arbitrary: fc.tuple(...names.map(lastingNode)) }, { weight: 1, arbitrary: fc.tuple(...names.map(node)) }),
);

/** Arguments of the server, by their names. */
const serverArguments: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  name: oneOf("prod", "production"),
  nodes,
  version: rarely("2024.2"),
  placement: rarely("shared", "perProcess", "path"),
  connectorsDirectory: rarely("/srv/connectors", "/opt/tableau/connectors/"),
  driversDirectory: rarely("/srv/jdbc", "/opt/tableau/tableau_driver/jdbc/"),
  stateDirectory: rarely("/srv/state"),
  privilege: rarely("sudo", "none"),
  tsm: rarely({ username: "admin" }, { path: "/srv/tsm" }, { requestTimeoutSeconds: 100 }),
  allowPartialCluster: rarely(true, false),
};

/** Arguments of the config, by their names; `credentials` are the secret part of the server. */
const configArguments: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  connectors: listed,
  drivers: fc.oneof(fc.constant(undefined), listedDrivers),
  credentials: oneOf({}, { nodes: { node1: { password: "one" } } }, { nodes: { node1: { password: "two" } }, tsmPassword: "three" }),
  connectPluginsPath: rarely("/opt/tableau/connectors", "/srv/connectors", "/srv/other"),
  disableVerifyConnectorPluginSignature: rarely(true, false),
  activation: rarely("now", "now", "hold"),
  restartWindow: rarely({ from: "00:00", to: "00:00", timeZone: "UTC" }, { days: ["sun"], from: "03:00", to: "03:01", timeZone: "UTC" }),
  foreignPendingChanges: rarely("refuse", "apply", "discard"),
  unlistedConnectors: rarely("keep", "retire"),
  overwriteUnmanaged: rarely(true, false),
  acceptBreaking: rarely(["strange.taco"], []),
  restartTriggers: rarely<unknown>("one", ["one"], { driver: "2" }),
  takeOver: rarely(true, false),
  rollback: rarely(true, false),
  timeouts: rarely({ ready: 10 }, { restart: 5, command: 7 }),
};

const given = (record: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<Properties> =>
  fc.record(record).map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));

const programs: fc.Arbitrary<GeneratedProgram> = fc
  .record({ server: given(serverArguments), config: given(configArguments) })
  .map(({ server, config }) => ({ server: withoutContradiction(server), config }));

// What check refuses by itself teaches nothing here.
function withoutContradiction(server: Properties): Properties {
  const { connectorsDirectory: _own, ...rest } = server;
  return server["placement"] === "shared" || server["placement"] === "perProcess" ? rest : server;
}

/** A program, what it becomes, and the names of the arguments that it takes from another one. */
export interface Change {
  readonly before: GeneratedProgram;
  readonly after: GeneratedProgram;
  readonly changed: readonly string[];
}

/** Arguments that by themselves change nothing on a server. */
const quiet = [
  "name",
  "credentials",
  "version",
  "tsm",
  "rollback",
  "timeouts",
  "foreignPendingChanges",
  "overwriteUnmanaged",
  "acceptBreaking",
];

export const changes: fc.Arbitrary<Change> = changesOf(fc.constantFrom(...Object.keys(serverArguments), ...Object.keys(configArguments)));
export const quietChanges: fc.Arbitrary<Change> = changesOf(fc.constantFrom(...quiet));

function changesOf(name: fc.Arbitrary<string>): fc.Arbitrary<Change> {
  const names = fc.constantFrom(1, 1, 2, 3).chain((length) => fc.uniqueArray(name, { minLength: length, maxLength: length }));
  return fc.record({ before: programs, other: programs, names }).map(({ before, other, names: changed }) => {
    const take = (own: Properties, others: Properties): Properties => {
      const all = [...new Set([...Object.keys(own), ...Object.keys(others)])];
      const mixed = all.map((one) => [one, changed.includes(one) ? others[one] : own[one]] as const);
      return Object.fromEntries(mixed.filter(([, value]) => value !== undefined));
    };
    const server = withoutContradiction(take(before.server, other.server));
    return { before, after: { server, config: take(before.config, other.config) }, changed };
  });
}
