import { dueByRecord, restartDue } from "../../../provider/plan/compare/restart-due";
import type { SeenServer } from "../../../provider/plan/seen";
import { desiredServer, node, recordOf, seenServer, started } from "../support/servers";

const [before, after] = [
  { since: started - 1, reason: "x" },
  { since: started + 1, reason: "x" },
];

test.each<[string, Partial<SeenServer>, number]>([
  ["no note", {}, 0],
  ["a note that is newer than the processes", { restartRequired: after }, 1],
  ["a note that is as old as they are", { restartRequired: { since: started, reason: "x" } }, 1],
  ["a note from before they started", { restartRequired: before }, 0],
  ["a note, and no process is seen", { restartRequired: before, nodes: [node("node1", { loadedSince: null }), node("node2")] }, 1],
  ["a note, and no node was looked at", { restartRequired: before, nodes: [] }, 1],
])("%s", (_name, parts, expected) => {
  expect(dueByRecord(seenServer(parts))).toHaveLength(expected);
  expect(restartDue(desiredServer(), seenServer(parts))).toEqual(dueByRecord(seenServer(parts)));
});

test("a note says why", () => {
  expect(dueByRecord(seenServer({ restartRequired: { ...after, reason: "a.taco is new" } }))[0]).toContain("a.taco is new");
});

const begun = { begun: { triggers: "2" } };
test.each<[string, string | null, Partial<SeenServer>, string[]]>([
  ["there are none", null, { record: recordOf([], { triggers: "1" }) }, []],
  ["they are the confirmed ones", "1", { record: recordOf([], { triggers: "1" }) }, []],
  ["they changed", "2", { record: recordOf([], { triggers: "1" }) }, ["restartTriggers changed"]],
  ["they are new", "2", { record: recordOf([]) }, ["restartTriggers changed"]],
  ["there is no record", "2", { record: null }, ["restartTriggers changed"]],
  ["a run for them was cut short after its restart", "2", { record: recordOf([], begun), restartRequired: before }, []],
  [
    "a run for them was cut short before its restart",
    "2",
    { record: recordOf([], begun), restartRequired: after },
    ["an earlier run left a restart due (x)", "restartTriggers changed"],
  ],
  ["a run for them was cut short, and left no note", "2", { record: recordOf([], begun) }, ["restartTriggers changed"]],
  ["a run for others was cut short", "3", { record: recordOf([], begun), restartRequired: before }, ["restartTriggers changed"]],
  ["a run was cut short that says nothing of them", "2", { record: recordOf([]), restartRequired: before }, ["restartTriggers changed"]],
  ["a note is there, and no record", "2", { record: null, restartRequired: before }, ["restartTriggers changed"]],
])("triggers: %s", (_name, triggers, parts, expected) => {
  expect(restartDue(desiredServer({ triggers }), seenServer(parts))).toEqual(expected);
});
