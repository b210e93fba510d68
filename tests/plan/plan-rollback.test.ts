import { connectPluginsPathKey as path, disableVerifyKey as verify } from "../../provider/vocabulary/keys";
import { planActivation } from "../../provider/plan/plan-activation";
import { planRollback } from "../../provider/plan/plan-rollback";
import type { Progress } from "../../provider/plan/restart";
import type { KeySeen, SeenPackage, SeenServer } from "../../provider/plan/seen";
import type { Step } from "../../provider/plan/step";
import { connector, desiredServer, node, packageOf, recordOf, seenServer, stored } from "./support/servers";

const earlier = connector("a_jdbc");
const wanted = connector("a_jdbc", "2.0.0");
const foreign = { ...connector("a_jdbc", "9.9.9"), fileName: earlier.fileName };

const server = (...packages: SeenPackage[]): SeenServer =>
  seenServer({
    nodes: ["node1", "node2"].map((name) => ({ ...node(name, { packages }), stored: [stored(earlier), stored(wanted)] })),
  });
const files = (before: SeenServer, now: SeenServer): string[] =>
  planRollback(planActivation(desiredServer({ connectors: [wanted] }), before), before, now, "activating")
    .filter((step) => step.kind === "place" || step.kind === "retire")
    .map((step) => `${step.kind} ${step.node} ${step.kind === "place" ? step.sha256 : ""}`.trim());

test.each<[string, SeenPackage[], SeenPackage[], string[]]>([
  ["what was placed", [packageOf(earlier)], [packageOf(wanted)], ["node1", "node2"].map((name) => `place ${name} ${earlier.sha256}`)],
  ["what was placed where nothing was", [], [packageOf(wanted)], ["retire node1", "retire node2"]],
  ["what has gone meanwhile", [packageOf(earlier)], [], ["node1", "node2"].map((name) => `place ${name} ${earlier.sha256}`)],
  ["nothing, where nothing was placed yet", [packageOf(earlier)], [packageOf(earlier)], []],
  ["nothing of what somebody else put there", [packageOf(earlier)], [packageOf(foreign)], []],
  ["nothing of what somebody else put where nothing was", [], [packageOf(foreign)], []],
])("a rollback takes back %s", (_name, before, now, expected) => {
  expect(files(server(...before), server(...now))).toEqual(expected);
});

// The file before us is in the store of the node that placed first: the second one found the new file there already.
test.each<[string, readonly (string | undefined)[], string[]]>([
  ["by one node where both share the folder", ["7-1", "7-1"], [`place node1 ${earlier.sha256}`]],
  ["by each node where the folders are two", ["7-1", "8-1"], ["node1", "node2"].map((name) => `place ${name} ${earlier.sha256}`)],
  ["by each node where nothing is told", [undefined, undefined], ["node1", "node2"].map((name) => `place ${name} ${earlier.sha256}`)],
])("a rollback brings a file back %s", (_name, identities, expected) => {
  const at = (...packages: SeenPackage[]): SeenServer =>
    seenServer({
      nodes: ["node1", "node2"].map((name, i) => {
        const seen = node(name, { packages });
        const identity = identities[i];
        const directories = seen.directories.map((directory) => ({ ...directory, ...(identity === undefined ? {} : { identity }) }));
        return { ...seen, directories, stored: i === 0 ? [stored(earlier), stored(wanted)] : [stored(wanted)] };
      }),
    });
  expect(files(at(packageOf(earlier)), at(packageOf(wanted)))).toEqual(expected);
});

test("a file that was retired comes back, unless it is there again", () => {
  const dropping = {
    steps: [{ kind: "retire", node: "node2", directory: "/opt/tableau/connectors", fileName: earlier.fileName, was: earlier.sha256 }],
  } as const;
  const plan = { ...dropping, refusals: [], warnings: [] };
  const back = (...now: SeenPackage[]): Step[] => planRollback(plan, server(packageOf(earlier)), server(...now), "switching");
  expect(back()).toEqual([
    { kind: "place", node: "node2", directory: "/opt/tableau/connectors", fileName: earlier.fileName, sha256: earlier.sha256, was: null },
  ]);
  expect(back(packageOf(earlier))).toEqual([]);
  expect(back(packageOf(foreign))).toEqual([]);
  expect(back(packageOf({ ...earlier, fileName: "b.taco" }), packageOf(earlier, { directory: "/srv" }))).toHaveLength(1);
});

test("what could not be read is told as such, and stays where it is no more than that", () => {
  const unread = packageOf(earlier, { sha256: null });
  const plan = planActivation(desiredServer({ connectors: [wanted] }), server(unread));
  const steps = planRollback(plan, server(unread), server(packageOf(wanted)), "switching");
  expect(steps).toMatchObject([{ kind: "place", sha256: "unreadable", was: wanted.sha256 }, { kind: "place" }]);
  expect(planRollback(plan, server(unread), server(unread), "switching")).toEqual([]);
});

test("a node that was not looked at again has nothing to bring back from", () => {
  const plan = planActivation(desiredServer({ connectors: [wanted] }), server(packageOf(earlier)));
  const [first] = server(packageOf(wanted)).nodes;
  const now = { ...server(packageOf(wanted)), nodes: first === undefined ? [] : [first] };
  expect(planRollback(plan, server(packageOf(earlier)), now, "switching").map((step) => ("node" in step ? step.node : ""))).toEqual([
    "node1",
    "node2",
  ]);
});

// Steps on files alone do not say whether users notice: the processes decide.
test.each<[string, Progress, SeenServer["status"], string | null, string[]]>([
  ["files were placed, nothing more", "switching", "RUNNING", "boot 9", []],
  ["its restart has loaded them", "activating", "RUNNING", "boot 9", ["restart", "awaitRunning"]],
  ["its restart did nothing", "activating", "RUNNING", "boot 5000", []],
  ["it does not run any more", "activating", "ERROR", "boot 5000", ["restart", "awaitRunning"]],
])("a rollback restarts or not: %s", (_name, progress, status, oldestProcess, expected) => {
  const before = server(packageOf(earlier));
  const plan = planActivation(desiredServer({ connectors: [wanted] }), before);
  const placed = server(packageOf(wanted));
  const now = { ...placed, status, nodes: placed.nodes.map((one) => ({ ...one, oldestProcess })) };
  const steps = planRollback(plan, before, now, progress).filter(({ kind }) => kind !== "place");
  expect(steps.map(({ kind }) => kind)).toEqual(expected);
});

describe("keys", () => {
  const set: Step = { kind: "setKey", key: path, value: "/new", was: "/old" };
  const off: Step = { kind: "unsetKey", key: verify, was: "true" };
  const value = (text: string): KeySeen => ({ kind: "value", value: text });
  const unknown: KeySeen = { kind: "unknown" };
  const seen = (key: KeySeen, other: KeySeen, pending: Partial<SeenServer["pending"]> = {}): SeenServer =>
    seenServer({
      keys: { [path]: key, [verify]: other },
      pending: { ours: [], foreign: [], topology: false, ...pending },
      record: recordOf([], { keys: { [path]: { earlier: null, applied: "/old" } } }),
    });
  const before = seen(value("/old"), value("true"));
  const applies = ["applyPending", "awaitRunning"];

  test.each<[string, SeenServer, SeenServer, Progress, string[]]>([
    ["both are applied", before, seen(value("/new"), { kind: "unset" }), "activating", ["setKey /old", "setKey true", ...applies]],
    ["one is", before, seen(value("/new"), value("TRUE")), "activating", ["setKey /old", ...applies]],
    ["none is", before, seen(value("/old/"), value("true")), "prepared", []],
    [
      "both are pending, and nothing else",
      before,
      seen(value("/old"), value("true"), { ours: [path, verify] }),
      "prepared",
      ["discardPending"],
    ],
    [
      "one is pending, and the other applied",
      before,
      seen(value("/new"), value("true"), { ours: [verify] }),
      "activating",
      ["discardPending", "setKey /old", ...applies],
    ],
    ["they are pending with others'", before, seen(value("/old"), value("true"), { ours: [path], foreign: ["x"] }), "prepared", []],
    [
      "they are pending with changes of the topology",
      before,
      seen(value("/old"), value("true"), { ours: [path], topology: true }),
      "prepared",
      [],
    ],
    ["only others' are pending", before, seen(value("/old"), value("true"), { foreign: ["x"] }), "prepared", []],
    ["nobody can tell, and nothing was applied yet", seen(unknown, unknown), seen(unknown, unknown), "switching", []],
    [
      "nobody can tell, after the apply was begun",
      seen(unknown, unknown),
      seen(unknown, unknown),
      "activating",
      ["setKey /old", "setKey true", ...applies],
    ],
    [
      "nobody can tell, and one is pending still",
      seen(unknown, unknown),
      seen(unknown, unknown, { ours: [path] }),
      "activating",
      ["discardPending", "setKey true", ...applies],
    ],
    [
      "nobody could tell before, and it was applied",
      seen(unknown, unknown),
      seen(value("/new"), { kind: "unset" }),
      "activating",
      ["setKey /old", ...applies],
    ],
    ["nobody could tell before, and it is as it was", seen(unknown, unknown), seen(value("/old"), { kind: "unset" }), "prepared", []],
  ])("%s", (_name, earlierSeen, now, progress, expected) => {
    const plan = { steps: [{ kind: "record", restartRequired: [] } as const, set, off], refusals: [], warnings: [] };
    const steps = planRollback(plan, earlierSeen, now, progress);
    expect(steps.map((step) => (step.kind === "setKey" ? `setKey ${step.value}` : step.kind))).toEqual(expected);
  });
});
