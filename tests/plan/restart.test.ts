import { disableVerifyKey } from "../../provider/vocabulary/keys";
import {
  activationSteps,
  isRestartOutstanding,
  needsRestartBesideApply,
  restartToGoBack,
  type Progress,
} from "../../provider/plan/restart";
import type { SeenServer } from "../../provider/plan/seen";
import type { Plan, Step } from "../../provider/plan/step";
import { node, seenServer } from "./support/servers";

const kinds = (steps: readonly Step[]): string[] => steps.map(({ kind }) => kind);
const stopped = seenServer({ status: "STOPPED" });

test.each<[string, SeenServer, "change" | "stay", string[], string[]]>([
  ["nothing is due", seenServer(), "stay", [], []],
  ["a file is due", seenServer(), "stay", ["a file"], ["restart", "awaitRunning"]],
  ["keys change", seenServer(), "change", ["a key"], ["applyPending", "awaitRunning"]],
  ["keys change back, for no other reason", seenServer(), "change", [], ["applyPending", "awaitRunning"]],
  ["a stopped server: a file is due", stopped, "stay", ["a file"], []],
  ["a stopped server: keys change", stopped, "change", ["a key"], ["applyPending"]],
  ["a degraded server", seenServer({ status: "DEGRADED" }), "stay", ["a file"], ["restart", "awaitRunning"]],
])("%s", (_name, seen, keys, why, expected) => {
  const steps = activationSteps(seen, keys, why);
  expect(kinds(steps)).toEqual(expected);
  for (const step of steps) if (step.kind !== "awaitRunning") expect(step.why).toEqual(why);
});

const file = { node: "node1", directory: "/c", fileName: "a.taco" };
const place: Step = { kind: "place", ...file, sha256: "a", was: null };
const mend = (was: "readable" | "hidden"): Step => ({
  kind: "mend",
  ...file,
  sha256: "a",
  owner: null,
  was: { mode: "0600", owner: "x", readable: was === "readable" },
});
const planOf = (...steps: Step[]): Plan => ({ steps, refusals: [], warnings: [] });
const due = { restartRequired: { since: 1, reason: "x" } };

test.each<[string, Plan, SeenServer, boolean]>([
  ["keys alone", planOf({ kind: "setKey", key: disableVerifyKey, value: "true", was: null }), seenServer(), false],
  ["a file among others", planOf({ kind: "record", restartRequired: [] }, place, { kind: "applyPending", why: [] }), seenServer(), true],
  ["a file that was mended, and could be read", planOf(mend("readable")), seenServer(), false],
  ["a file that could not be read", planOf(mend("hidden")), seenServer(), true],
  ["an earlier run left one due", planOf(), seenServer(due), true],
  ["a stopped server", planOf(place), seenServer({ status: "STOPPED", ...due }), false],
])("a restart beside an apply: %s", (_name, plan, before, expected) => {
  expect(needsRestartBesideApply(plan, before)).toBe(expected);
  const others = seenServer({ nodes: [node("node1", { oldestProcess: "new" }), node("node2", { oldestProcess: "new" })] });
  expect(isRestartOutstanding(plan, before, seenServer())).toBe(expected);
  expect(isRestartOutstanding(plan, before, others)).toBe(false);
});

const restarted = seenServer({ nodes: [node("node1", { oldestProcess: "new" }), node("node2")] });
test.each<[string, SeenServer, SeenServer, Progress, "change" | "stay", string[]]>([
  ["nothing live was touched", seenServer(), seenServer(), "prepared", "stay", []],
  ["files were, and the processes stayed", seenServer(), seenServer(), "switching", "stay", []],
  ["files were, and somebody restarted it", seenServer(), restarted, "switching", "stay", []],
  ["a restart was begun, and nothing came of it", seenServer(), seenServer(), "activating", "stay", []],
  ["a restart was begun, and one process is new", seenServer(), restarted, "activating", "stay", ["restart", "awaitRunning"]],
  [
    "a restart was begun, and it does not run any more",
    seenServer(),
    seenServer({ status: "ERROR" }),
    "activating",
    "stay",
    ["restart", "awaitRunning"],
  ],
  ["it was stopped all along", stopped, restarted, "activating", "stay", []],
  ["keys go back", seenServer(), seenServer(), "prepared", "change", ["applyPending", "awaitRunning"]],
  ["keys go back, it was stopped", stopped, stopped, "activating", "change", ["applyPending"]],
])("on the way back: %s", (_name, before, now, progress, keys, expected) => {
  const steps = restartToGoBack(before, now, progress, keys);
  expect(kinds(steps)).toEqual(expected);
  for (const step of steps) if (step.kind !== "awaitRunning") expect(step.why).toHaveLength(1);
});
