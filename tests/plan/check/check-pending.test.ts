import { connectPluginsPathKey, disableVerifyKey } from "../../../provider/vocabulary/keys";
import { checkPending, foreignChanges } from "../../../provider/plan/check/check-pending";
import type { PlanOptions } from "../../../provider/plan/desired";
import type { SeenServer } from "../../../provider/plan/seen";
import type { Step } from "../../../provider/plan/step";
import { codesOf } from "../support/findings";
import { desiredServer, recordOf, seenServer } from "../support/servers";

const set: Step = { kind: "setKey", key: disableVerifyKey, value: "false", was: "true" };
const unset: Step = { kind: "unsetKey", key: disableVerifyKey, was: "true" };
const pending = (parts: Partial<SeenServer["pending"]>): SeenServer =>
  seenServer({ pending: { ours: [], foreign: [], topology: false, ...parts } });

type Row = readonly [string, Partial<SeenServer["pending"]>, Step[], PlanOptions["foreignPendingChanges"], string[], string[], string[]];
test.each<Row>([
  ["nothing", {}, [set], "refuse", [], [], []],
  ["nothing, and no key changes", {}, [], "refuse", [], [], []],
  ["ours, which this run sets", { ours: [disableVerifyKey] }, [set], "refuse", [], [], []],
  ["ours, which this run takes back", { ours: [disableVerifyKey] }, [unset], "refuse", [], [], []],
  ["a key of ours that this run does not set", { ours: [connectPluginsPathKey] }, [set], "refuse", ["foreign-pending-changes"], [], []],
  ["others', refused", { foreign: ["gateway.timeout"] }, [set], "refuse", ["foreign-pending-changes"], [], []],
  ["others', applied", { foreign: ["gateway.timeout"] }, [set], "apply", [], ["foreign-pending-changes"], []],
  ["others', discarded", { foreign: ["gateway.timeout"] }, [set], "discard", [], ["foreign-pending-changes"], ["discardPending"]],
  ["others', and no key changes", { foreign: ["gateway.timeout"] }, [], "discard", [], ["foreign-left-pending"], []],
  ["of the topology", { topology: true }, [set], "apply", ["pending-topology"], [], []],
  ["of the topology, and no key changes", { topology: true }, [], "refuse", [], ["foreign-left-pending"], []],
  ["of both", { topology: true, foreign: ["gateway.timeout"] }, [set], "discard", ["pending-topology"], [], []],
])("pending changes: %s", (_name, changes, steps, foreignPendingChanges, refusals, warnings, does) => {
  const found = checkPending(desiredServer({ options: { foreignPendingChanges } }), pending(changes), steps);
  expect([codesOf(found.refusals), codesOf(found.warnings), found.steps.map(({ kind }) => kind)]).toEqual([refusals, warnings, does]);
});

test("every pending change is named", () => {
  const seen = pending({ foreign: ["a", "b"], topology: true });
  expect(checkPending(desiredServer(), seen, []).warnings[0]?.message).toContain("a, b, topology changes");
  expect(checkPending(desiredServer(), pending({ foreign: ["a", "b"] }), []).warnings[0]?.message).not.toContain("topology");
});

test("one of ours is told from one that somebody else left", () => {
  const seen = pending({ ours: [disableVerifyKey, connectPluginsPathKey], foreign: ["a"] });
  expect(foreignChanges(seen, [])).toEqual(["a", disableVerifyKey, connectPluginsPathKey]);
  const begun = { ...seen, record: recordOf([], { keys: { [disableVerifyKey]: { earlier: null, applied: null } } }) };
  expect(foreignChanges(begun, [{ kind: "restart", why: [] }])).toEqual([
    "a",
    `${disableVerifyKey} (left by an interrupted run)`,
    connectPluginsPathKey,
  ]);
  expect(foreignChanges(begun, [set])).toEqual(["a", connectPluginsPathKey]);
});

test("changes that tsm does not name have a next step of their own", () => {
  const next = (...foreign: string[]): string | undefined => checkPending(desiredServer(), pending({ foreign }), [set]).refusals[0]?.next;
  expect(next("(3 changes)")).not.toBe(next("a"));
  expect(next("(3 changes)", "a")).toBe(next("a"));
  expect(next("a (b")).toBe(next("a"));
});
