import { disableVerifyKey } from "../../provider/vocabulary/keys";
import { disturbsUsers, inverseOf, needsRestart, type Step } from "../../provider/plan/step";

const file = { node: "node1", directory: "/c", fileName: "a.taco" };
const mend = (was: "readable" | "hidden"): Step => ({
  kind: "mend",
  ...file,
  sha256: "a",
  owner: null,
  was: { mode: "0600", owner: "x", readable: was === "readable" },
});
const place = (sha256: string, was: string | null): Step => ({ kind: "place", ...file, sha256, was });
const retire = (was: string | null): Step => ({ kind: "retire", ...file, was });
const set = (value: string, was: string | null): Step => ({ kind: "setKey", key: disableVerifyKey, value, was });
const unset = (was: string | null): Step => ({ kind: "unsetKey", key: disableVerifyKey, was });
const restart: Step = { kind: "restart", why: ["x"] };
const apply: Step = { kind: "applyPending", why: ["x"] };

test.each<[Step, boolean, boolean, Step | null]>([
  [place("a", null), false, true, retire("a")],
  [place("a", "b"), false, true, place("b", "a")],
  [retire("b"), false, true, place("b", null)],
  [retire(null), false, true, null],
  [mend("readable"), false, false, null],
  [mend("hidden"), false, true, null],
  [{ kind: "openDirectory", node: "node1", directory: "/c" }, false, true, null],
  [set("true", null), false, false, unset("true")],
  [set("true", "false"), false, false, set("false", "true")],
  [unset("true"), false, false, set("true", null)],
  [unset(null), false, false, unset(null)],
  [restart, true, false, restart],
  [apply, true, false, apply],
  [{ kind: "awaitRunning" }, false, false, null],
  [{ kind: "record", restartRequired: [] }, false, false, null],
  [{ kind: "discardPending" }, false, false, null],
])("%j: disturbs %s, needs a restart %s, is taken back by %j", (step, disturbs, needs, inverse) => {
  expect([disturbsUsers(step), needsRestart(step), inverseOf(step)]).toEqual([disturbs, needs, inverse]);
});
