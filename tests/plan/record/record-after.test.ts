import { connectPluginsPathKey as path, disableVerifyKey as verify } from "../../../provider/vocabulary/keys";
import type { DesiredServer } from "../../../provider/plan/desired";
import { linuxLayout } from "../../../provider/plan/placement/layout";
import { perProcessDirectories } from "../../../provider/plan/placement/load-order";
import { recordAfter, recordBefore, recordDiffers, recordRolledBack } from "../../../provider/plan/record/record-after";
import type { Activation, RecordedFile, RecordedKey, RolledBack, ServerRecord } from "../../../provider/plan/record/record";
import type { KeySeen, SeenNode, SeenServer } from "../../../provider/plan/seen";
import type { Step } from "../../../provider/plan/step";
import { changed, claimant, connector, desiredServer, digest, node, owner, packageOf, recordOf, seenServer } from "../support/servers";

const a = connector("a_jdbc");
const b = connector("b_jdbc");
const driver = { fileName: "x.jar", sha256: digest("x") };
const renewing = { ...claimant, renewed: "token-2" };
const renewed = { stack: owner.stack, urn: owner.urn, token: "token-2", earlierTokens: ["token-1"] };
const set = (value: string, was: string | null): Step => ({ kind: "setKey", key: path, value, was });
const unset = (was: string | null): Step => ({ kind: "unsetKey", key: path, was });
const key = (earlier: string | null, applied: string | null, between?: (string | null)[]): RecordedKey => {
  return { earlier, applied, ...(between === undefined ? {} : { between }) };
};
const withKey = (recorded?: RecordedKey, parts: Partial<ServerRecord> = {}): ServerRecord =>
  recordOf([a], { keys: recorded === undefined ? {} : { [path]: recorded }, ...parts });
const fileOf = (one: typeof a, parts: Partial<RecordedFile> = {}): RecordedFile => {
  const { sha256, pluginClass, pluginVersion } = one;
  return { directory: linuxLayout.connectors, sha256, pluginClass, pluginVersion, adopted: false, ...parts };
};

describe("the record while a plan is carried out", () => {
  test("has the new owner, the run, and what the run makes true", () => {
    const desired = desiredServer({ owner: renewing, triggers: "2" });
    const record = recordBefore(desired, seenServer(), [], "run-1");
    expect(record).toEqual({ ...recordOf([a]), owner: renewed, run: "run-1", begun: { triggers: "2" } });
    expect(recordBefore(desired, seenServer(), [])).toEqual({ ...recordOf([a]), owner: renewed });
  });

  test("is a new one where there was none", () => {
    const desired = desiredServer({ owner: renewing });
    expect(recordBefore(desired, seenServer({ record: null, nodes: [] }), [set("/c", "/x")])).toEqual({
      schemaVersion: 1,
      owner: renewed,
      files: { [a.fileName]: fileOf(a) },
      confirmed: {},
      keys: { [path]: key("/x", null, ["/c"]) },
      answersForcedKeys: null,
      triggers: null,
      lastActivation: null,
    });
  });

  test("still lists what is dropped, and what is moved in both places", () => {
    const before = (desired: Partial<Omit<DesiredServer, "options">>, files: ServerRecord["files"]): ServerRecord["files"] =>
      recordBefore(desiredServer(desired), seenServer({ record: recordOf([], { files }) }), []).files;
    expect(Object.keys(before({ connectors: [b] }, { [a.fileName]: fileOf(a) }))).toEqual([a.fileName, b.fileName]);
    expect(before({}, { [a.fileName]: fileOf(a) })[a.fileName]).toEqual(fileOf(a));
    expect(before({ directory: "/srv" }, { [a.fileName]: fileOf(a) })[a.fileName]).toEqual(fileOf(a, { directories: ["/srv"] }));
    const [first = "", ...further] = perProcessDirectories("/");
    expect(before({ placement: "perProcess" }, { [a.fileName]: fileOf(a) })[a.fileName]).toEqual(
      fileOf(a, { directories: [first, ...further] }),
    );
    const moving = fileOf(a, { directory: "/old", directories: ["/older"] });
    expect(before({}, { [a.fileName]: moving })[a.fileName]).toEqual({ ...moving, directories: ["/older", linuxLayout.connectors] });
    expect(before({ placement: "perProcess" }, {})[a.fileName]).toEqual(fileOf(a, { directory: first, directories: further }));
  });

  test.each<[string, RecordedKey | undefined, Step, RecordedKey]>([
    ["set for the first time", undefined, set("/c", "/x"), key("/x", null, ["/c"])],
    ["set where nothing was", undefined, set("/c", null), key(null, null, ["/c"])],
    ["set again", key("/old", "/a"), set("/c", "/a"), key("/old", null, ["/a", "/c"])],
    ["set again, spelled otherwise", key("/old", "/a"), set("/c", "/a/"), key("/old", null, ["/a", "/c"])],
    ["set after somebody else did", key("/old", "/a"), set("/c", "/x"), key("/x", null, ["/c"])],
    ["set after a run that was cut short", key("/old", null, ["/a"]), set("/c", "/x"), key("/old", null, ["/a", "/c"])],
    ["unset", key("/old", "/a"), unset("/a"), key("/old", null, ["/a", null])],
  ])("a key that is %s", (_name, recorded, step, expected) => {
    const { keys } = recordBefore(desiredServer(), seenServer({ record: withKey(recorded) }), [{ kind: "awaitRunning" }, step]);
    expect(keys).toEqual({ [path]: expected });
  });

  test("keeps what it knows of a key that no step changes", () => {
    expect(recordBefore(desiredServer(), seenServer({ record: withKey(key("/old", "/a")) }), []).keys).toEqual({
      [path]: key("/old", "/a"),
    });
  });
});

describe("the record after a plan", () => {
  const activation: Activation = { at: "2026-01-01T00:00:00Z", why: ["x"], job: "restart" };
  const after = (
    parts: Partial<SeenServer> = {},
    steps: readonly Step[] = [],
    desired: Partial<Omit<DesiredServer, "options">> = {},
  ): ServerRecord => recordAfter(desiredServer({ owner: renewing, ...desired }), seenServer(parts), steps, null);

  test("holds what is live, what was confirmed, and when", () => {
    const record = recordOf([a, b], { begun: { triggers: "9" }, triggers: "1", rolledBack: { fingerprint: "f", at: "t", why: "w" } });
    expect(recordAfter(desiredServer({ owner: renewing, triggers: "2" }), seenServer({ record }), [], activation)).toEqual({
      ...recordOf([a]),
      owner: renewed,
      triggers: "2",
      lastActivation: activation,
    });
    expect(
      recordAfter(desiredServer(), seenServer({ record: recordOf([a], { lastActivation: activation }) }), [], null).lastActivation,
    ).toEqual(activation);
    expect(after({ record: null })).toMatchObject({ owner: renewed, lastActivation: null, answersForcedKeys: null });
  });

  test("confirms the bytes that lie there by the processes of their node, and no others", () => {
    const wrong = node("node2", { packages: [packageOf(a, { sha256: digest("o") })] });
    const first = node("node1", { packages: [packageOf(a, { changedAt: 77 })], oldestProcess: "boot 9" });
    expect(after({ nodes: [first, wrong] }).confirmed).toEqual({
      node1: { [a.fileName]: { sha256: a.sha256, changedAt: 77, process: "boot 9" } },
      node2: {},
    });
    expect(after({ nodes: [node("node1", { packages: [] })] }).confirmed).toEqual({ node1: {} });
  });

  test("has drivers in their own folder, without a class", () => {
    expect(after({}, [], { drivers: [driver] }).files[driver.fileName]).toEqual({
      directory: linuxLayout.drivers,
      sha256: driver.sha256,
      pluginClass: "",
      pluginVersion: "",
      adopted: false,
    });
  });

  const lying = (parts: Partial<SeenNode>): SeenNode[] => [node("node1", { packages: [] }), node("node2", parts)];
  test.each<[string, RecordedFile | undefined, SeenNode[], boolean]>([
    ["it was there with these bytes", undefined, lying({}), true],
    ["it was nowhere", undefined, lying({ packages: [] }), false],
    ["it was there with others", undefined, lying({ packages: [packageOf(a, { sha256: digest("o") })] }), false],
    ["another one was there", undefined, lying({ packages: [packageOf(b)] }), false],
    ["it is ours", fileOf(a), lying({}), false],
    ["it stays adopted", fileOf(a, { adopted: true }), lying({}), true],
    ["it was adopted with other bytes", fileOf(b, { adopted: true }), lying({}), false],
  ])("a file is adopted or not: %s", (_name, known, nodes, expected) => {
    const record = recordOf([], { files: known === undefined ? {} : { [a.fileName]: known } });
    expect(after({ record, nodes }, [], { connectors: [a, b] }).files[a.fileName]?.adopted).toBe(expected);
  });

  test.each<[string, readonly Step[], KeySeen, boolean | null, boolean | null]>([
    ["no key was set", [], { kind: "unknown" }, null, null],
    ["no key was set, and it was known", [unset("/c")], { kind: "unknown" }, true, true],
    ["it tells the value", [{ kind: "awaitRunning" }, set("/c", null)], { kind: "value", value: "/c" }, null, true],
    ["it does not", [set("/c", null)], { kind: "unknown" }, true, false],
  ])("whether the server answers for forced keys: %s", (_name, steps, now, before, expected) => {
    const keys = { [path]: now, [verify]: { kind: "value", value: "true" } } as const;
    expect(after({ record: withKey(undefined, { answersForcedKeys: before }), keys }, steps).answersForcedKeys).toBe(expected);
  });

  const value = (text: string): KeySeen => ({ kind: "value", value: text });
  test.each<[string, RecordedKey | undefined, readonly Step[], KeySeen, "pending" | "not pending", RecordedKey | undefined]>([
    ["set", key("/old", null, ["/c"]), [set("/c", "/old")], value("/c"), "not pending", key("/old", "/c")],
    ["set, and never recorded", undefined, [set("/c", "/old")], value("/c"), "not pending", key(null, "/c")],
    ["unset", key("/old", null, ["/c", null]), [unset("/c")], { kind: "unset" }, "not pending", undefined],
    ["applied all along", key("/old", "/c"), [], value("/x"), "not pending", key("/old", "/c")],
    ["begun, and applied after all", key("/old", null, ["/c"]), [], value("/c"), "not pending", key("/old", "/c")],
    ["begun, and still pending", key("/old", null, ["/c"]), [], value("/c"), "pending", key("/old", null, ["/c"])],
    ["begun, and gone", key("/old", null, ["/c"]), [], value("/old"), "not pending", undefined],
    ["begun, and somebody else's now", key("/old", null, ["/c"]), [], value("/x"), "not pending", undefined],
    ["begun, and nobody can tell", key("/old", null, ["/c"]), [], { kind: "unknown" }, "not pending", key("/old", null, ["/c"])],
    ["begun by 0.1.0, and set", key("/old", null), [], value("/x"), "not pending", key("/old", "/x")],
    ["begun by 0.1.0, and not set", key("/old", null), [], { kind: "unset" }, "not pending", key("/old", null)],
    ["begun, to be unset", key("/old", null, ["/c", null]), [], { kind: "unset" }, "not pending", key("/old", null, ["/c", null])],
  ])("a key: %s", (_name, recorded, steps, now, state, expected) => {
    const pending = { ours: state === "pending" ? [path] : [], foreign: [], topology: false } as SeenServer["pending"];
    const seen = { record: withKey(recorded), keys: { [path]: now, [verify]: value("false") }, pending };
    expect(after(seen, steps).keys).toEqual(expected === undefined ? {} : { [path]: expected });
  });
});

describe("the record after a rollback", () => {
  const failed: RolledBack = { fingerprint: "f", at: "t", why: "w" };
  test("is what was there before, with what must not be tried again", () => {
    const before = recordOf([a], { run: "run-0", begun: { triggers: "1" }, triggers: "1" });
    const again = seenServer({ record: recordOf([b], { run: "run-1" }) });
    expect(recordRolledBack(desiredServer({ owner: renewing }), seenServer({ record: before }), again, failed)).toEqual({
      ...recordOf([a]),
      run: "run-1",
      triggers: "1",
      owner: renewed,
      rolledBack: failed,
    });
  });

  test.each<[string, RolledBack | null, RolledBack | null | undefined, RolledBack | null]>([
    ["this set", failed, { ...failed, at: "before" }, failed],
    ["the one before", null, { ...failed, at: "before" }, { ...failed, at: "before" }],
    ["none", null, null, null],
    ["none, by an old record", null, undefined, null],
  ])("remembers %s", (_name, now, earlier, expected) => {
    const { rolledBack: _none, ...old } = recordOf([a]);
    const record = earlier === undefined ? old : { ...old, rolledBack: earlier };
    expect(recordRolledBack(desiredServer(), seenServer({ record }), seenServer(), now).rolledBack).toEqual(expected);
  });

  test("has no name of a run where there was none, and a new record where there was none", () => {
    expect(recordRolledBack(desiredServer(), seenServer(), seenServer(), null)).not.toHaveProperty("run");
    expect(recordRolledBack(desiredServer(), seenServer(), seenServer({ record: null }), null)).not.toHaveProperty("run");
    const made = recordRolledBack(desiredServer(), seenServer({ record: null }), seenServer(), failed);
    expect(made).toMatchObject({ files: {}, confirmed: { node1: {}, node2: {} }, rolledBack: failed });
  });

  test("confirms restored files again, those that were confirmed before", () => {
    const again = node("node1", {
      packages: [packageOf(a, { changedAt: 99 }), packageOf(b), packageOf(a, { directory: "/elsewhere" })],
      oldestProcess: "boot 9",
    });
    const other = node("node2", { packages: [packageOf(a, { sha256: digest("o") })] });
    const { confirmed } = recordRolledBack(desiredServer(), seenServer(), seenServer({ nodes: [again, other] }), null);
    expect(confirmed).toEqual({ node1: { [a.fileName]: { sha256: a.sha256, changedAt: 99, process: "boot 9" } }, node2: {} });
  });
});

test.each<[string, Partial<Omit<DesiredServer, "options">>, Partial<SeenServer>, boolean]>([
  ["nothing", {}, {}, false],
  ["there is none", {}, { record: null }, true],
  ["it was lost", {}, { recordIs: "lost" }, true],
  ["its owner has another name", { owner: { ...claimant, urn: "urn:new" } }, {}, true],
  ["its owner is another", { owner: { ...claimant, token: "t", renewed: "t" } }, {}, true],
  ["a new token alone", { owner: renewing }, {}, false],
  ["another file", { connectors: [] }, {}, true],
  ["an order of files", { connectors: [b, a] }, { record: recordOf([a, b]), nodes: [] }, false],
  ["a trigger that was dropped", {}, { record: recordOf([a], { triggers: "1" }) }, true],
  [
    "a file that was never confirmed",
    {},
    { record: { ...recordOf([a]), confirmed: { node1: recordOf([a]).confirmed["node1"] ?? {} } } },
    true,
  ],
  [
    "other bytes were confirmed",
    {},
    { record: { ...recordOf([a]), confirmed: { node1: { [a.fileName]: { sha256: "o", changedAt: changed } } } } },
    true,
  ],
  ["a note of a run", {}, { restartRequired: { since: 1, reason: "x" } }, true],
  [
    "a key that it never saw applied",
    {},
    { record: withKey(key(null, null)), keys: { [path]: { kind: "value", value: "/c" }, [verify]: { kind: "unset" } } },
    true,
  ],
  ["a key that is applied", {}, { record: withKey(key(null, "/c")) }, false],
])("a record differs by %s", (_name, desired, seen, expected) => {
  expect(recordDiffers(desiredServer(desired), seenServer(seen))).toBe(expected);
});
