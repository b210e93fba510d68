import fc from "fast-check";
import { connectPluginsPathKey, disableVerifyKey, keyNames, type KeyName } from "../../../provider/vocabulary/keys";
import type { DesiredConnector, DesiredServer, DesiredKey, PlanOptions } from "../../../provider/plan/desired";
import type { ServerRecord } from "../../../provider/plan/record/record";
import { perProcessDirectories } from "../../../provider/plan/placement/load-order";
import { linuxLayout } from "../../../provider/plan/placement/layout";
import type { KeySeen, SeenNode, SeenPackage, SeenServer } from "../../../provider/plan/seen";
import { claimant, connector, digest, options, owner, packageOf, recordOf, started, stored } from "./servers";

export interface Case {
  readonly desired: DesiredServer;
  readonly seen: SeenServer;
  readonly answers: "answers" | "answers never";
}

const classes = ["a_jdbc", "b_jdbc", "c_jdbc"];
const versions = ["1.0.0", "1.1.0", "2.0.0"];
const releases = ["2019.3", "2019.4", "2020.1", "2021.1", "2021.2", "2022.1", "2022.2", "2024.2"];
const otherDirectory = "/srv/connectors";
const perProcess = perProcessDirectories(linuxLayout.connectors)[0] ?? "";

const oneOf = fc.constantFrom;
const connectors: fc.Arbitrary<DesiredConnector[]> = fc
  .tuple(...classes.map((name) => oneOf(null, ...versions.map((version) => connector(name, version)))))
  .map((some) => some.filter((one) => one !== null));

const planOptions: fc.Arbitrary<PlanOptions> = fc.record({
  allowPartialCluster: oneOf(false, false, true),
  foreignPendingChanges: oneOf("refuse", "apply", "discard"),
  unlistedConnectors: oneOf("keep", "retire"),
  overwriteUnmanaged: fc.boolean(),
  acceptBreaking: oneOf([], ["strange.taco", "other.taco"]),
  takeOver: fc.boolean(),
  rollback: fc.constant(true),
  claim: oneOf("create", "update"),
});

const wishes: fc.Arbitrary<Readonly<Record<KeyName, DesiredKey>>> = fc.record({
  [connectPluginsPathKey]: oneOf<DesiredKey[]>(
    "automatic",
    "automatic",
    "automatic or restore",
    "automatic or restore elsewhere",
    { value: linuxLayout.connectors },
    { value: `${otherDirectory}/` },
  ),
  [disableVerifyKey]: oneOf<DesiredKey[]>("left", "left", "restore", "restore", { value: "true" }, { value: "false" }),
});

const desiredServer: fc.Arbitrary<DesiredServer> = fc.record({
  name: fc.constant("prod"),
  nodes: oneOf(["node1"], ["node1", "node2"], ["node1", "node2", "node3"]),
  placement: fc.constant("automatic"),
  directory: oneOf(linuxLayout.connectors, linuxLayout.connectors, otherDirectory),
  drivers: fc.constant([]),
  trust: fc.constant([]),
  driversDirectory: fc.constant(linuxLayout.drivers),
  fileOwner: oneOf("root", "deploy"),
  connectors,
  keys: wishes,
  triggers: oneOf(null, null, digest("triggers-1")),
  owner: fc.constant({ ...claimant, rivals: ["urn:rival"] }),
  options: oneOf(options, options).chain((usual) => fc.oneof(fc.constant(usual), planOptions)),
});

/** What is seen in the place of one listed connector. */
function placeOf({ directory }: DesiredServer, one: DesiredConnector): fc.Arbitrary<SeenPackage[]> {
  const at = (parts: Partial<SeenPackage>): SeenPackage[] => [packageOf(one, { directory, ...parts })];
  return oneOf(
    at({}),
    at({}),
    at({}),
    at({ changedAt: started + 1 }),
    [],
    at({ sha256: digest("tampered"), identity: null }),
    at({ sha256: null, identity: null }),
    at({ mode: "0600", readable: false }),
    at({ mode: "0664" }),
    at({ owner: "somebody", group: "somebody" }),
    at({ owner: "somebody", group: "somebody", mode: "0664" }),
    at({ form: "link" }),
    at({ form: "folder", sha256: null, identity: null }),
  );
}

/** Packages that no list has. */
const strangers: fc.Arbitrary<SeenPackage[]> = fc.array(
  fc
    .record({
      directory: oneOf(linuxLayout.connectors, otherDirectory, perProcess),
      fileName: oneOf("strange.taco", "other.taco"),
      pluginClass: oneOf(...classes, "d_jdbc"),
      pluginVersion: oneOf(...versions),
      signed: fc.boolean(),
    })
    .map(({ directory, fileName, ...identity }) =>
      packageOf({ ...connector("x"), fileName }, { directory, sha256: digest(fileName), identity }),
    ),
  { maxLength: 2 },
);

function seenNode(desired: DesiredServer, name: string, processes: "seen" | "not seen"): fc.Arbitrary<SeenNode> {
  return fc
    .record({
      listed: fc.tuple(...desired.connectors.map((one) => placeOf(desired, one))),
      others: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: strangers }),
      stock: fc.tuple(
        ...desired.connectors.map((one) => oneOf([stored(one)], [stored(one)], [stored(one)], [stored(one, { intact: false })], [])),
      ),
      traversable: oneOf(true, true, true, false),
    })
    .map(({ listed, others, stock, traversable }) => {
      const packages = [...listed.flat(), ...unique(others)];
      const isHidden = (found: SeenPackage): boolean => !traversable && found.directory === desired.directory;
      return {
        name,
        directories: [{ path: desired.directory, exists: true, parentExists: true, traversable }],
        packages: packages.map((found) => (isHidden(found) ? { ...found, readable: false } : found)),
        stored: stock.flat(),
        loadedSince: processes === "seen" ? started : null,
        oldestProcess: processes === "seen" ? "boot 5000" : null,
        leftovers: [],
      };
    });
}

function unique(packages: readonly SeenPackage[]): SeenPackage[] {
  return [...new Map(packages.map((found) => [`${found.directory}/${found.fileName}`, found])).values()];
}

function keySeen(key: KeyName, answers: Case["answers"]): fc.Arbitrary<KeySeen> {
  if (answers === "answers never") return fc.constant({ kind: "unknown" });
  const values = key === disableVerifyKey ? ["true", "false", "TRUE"] : [linuxLayout.connectors, otherDirectory];
  return oneOf<KeySeen[]>({ kind: "unset" }, { kind: "unknown" }, ...values.map((value) => ({ kind: "value", value }) as const));
}

const owners = {
  ours: owner,
  renamed: { ...owner, stack: "shop/earlier", urn: "urn:earlier" },
  copy: { stack: "shop/other", urn: "urn:other", token: "token-2", earlierTokens: ["token-0", owner.token] },
  "other stack": { stack: "shop/other", urn: "urn:other", token: "token-2" },
  rival: { stack: owner.stack, urn: "urn:rival", token: "token-2" },
  "left behind": { stack: owner.stack, urn: "urn:left", token: "token-2" },
};

function recordSeen(desired: DesiredServer, answers: Case["answers"]): fc.Arbitrary<ServerRecord | null> {
  return fc
    .record({
      shape: oneOf("none", "ours", "ours", "ours", "renamed", "copy", "other stack", "rival", "left behind"),
      files: fc.tuple(...desired.connectors.map((one) => oneOf([one], [one], []))),
      dropped: oneOf([], [], [{ ...connector("dropped"), fileName: "strange.taco" }]),
      adopted: fc.boolean(),
      triggers: oneOf(null, digest("triggers-1"), digest("triggers-0")),
      keys: fc.record({
        [connectPluginsPathKey]: oneOf(undefined, undefined, { earlier: null, applied: otherDirectory }, { earlier: null, applied: null }),
        [disableVerifyKey]: oneOf(
          undefined,
          undefined,
          { earlier: "true", applied: "false" },
          { earlier: null, applied: "true" },
          { earlier: null, applied: null },
          { earlier: null, applied: null, between: ["true"] },
          { earlier: null, applied: null, between: ["true", "false"] },
        ),
      }),
    })
    .map(({ shape, files, dropped, adopted, triggers, keys }) => {
      if (shape === "none") return null;
      const record = recordOf([...files.flat(), ...dropped]);
      const known = Object.entries(record.files).map(([name, file]) => [name, { ...file, directory: desired.directory, adopted }]);
      const confirmed = Object.fromEntries(desired.nodes.map((name) => [name, record.confirmed["node1"] ?? {}]));
      return {
        ...record,
        owner: owners[shape],
        files: Object.fromEntries(known) as ServerRecord["files"],
        confirmed,
        triggers,
        answersForcedKeys: answers === "answers" ? true : null,
        keys: Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined)),
      };
    });
}

function seenServer(desired: DesiredServer, answers: Case["answers"]): fc.Arbitrary<SeenServer> {
  return fc
    .record({
      status: oneOf("RUNNING" as const, "RUNNING" as const, "DEGRADED" as const, "STOPPED" as const),
      processes: oneOf("seen" as const, "seen" as const, "not seen" as const),
    })
    .chain(({ status, processes }) =>
      fc.record<SeenServer>({
        version: oneOf(...releases),
        status: fc.constant(status),
        topology: oneOf(desired.nodes, desired.nodes, [...desired.nodes].reverse(), [...desired.nodes, "node9"], desired.nodes.slice(1)),
        keys: fc.record({
          [connectPluginsPathKey]: keySeen(connectPluginsPathKey, answers),
          [disableVerifyKey]: keySeen(disableVerifyKey, answers),
        }),
        pending: fc.record({
          ours: oneOf([], [], [], [...keyNames], [disableVerifyKey]),
          othersChanges: oneOf([], [], [], ["gateway.timeout"]),
          topology: oneOf(false, false, false, true),
        }),
        runningJobs: fc.constant([]),
        nodes: fc.tuple(...desired.nodes.map((name) => seenNode(desired, name, status === "STOPPED" ? "not seen" : processes))),
        record: recordSeen(desired, answers),
        restartRequired: oneOf(null, null, null, { since: started - 1, reason: "before" }, { since: started + 1, reason: "after" }),
      }),
    );
}

/** Servers in any state, and what a program may want of them. */
export const cases: fc.Arbitrary<Case> = fc
  .record({ desired: desiredServer, answers: oneOf("answers" as const, "answers" as const, "answers never" as const) })
  .chain(({ desired, answers }) => seenServer(desired, answers).map((seen) => ({ desired, seen, answers })));

/** The same without what is refused most often, so that many plans can be carried out. */
export const acceptableCases: fc.Arbitrary<Case> = cases.map(({ desired, seen, answers }) => ({
  desired: { ...desired, options: { ...desired.options, overwriteUnmanaged: true } },
  seen: {
    ...seen,
    version: seen.version === "2019.3" ? "2024.2" : seen.version,
    topology: desired.nodes,
    record: seen.record === null ? null : { ...seen.record, owner },
    nodes: seen.nodes.map((node) => ({
      ...node,
      packages: node.packages.filter(({ form }) => form === "file"),
      stored: desired.connectors.map((one) => stored(one)),
    })),
  },
  answers,
}));
