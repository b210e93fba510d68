import { disableVerifyKey } from "../../provider/vocabulary/keys";
import { inverseOf, needsRestart, type Step } from "../../provider/plan/step";

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

test.each<[Step, boolean, Step | null]>([
  [place("a", null), true, retire("a")],
  [place("a", "b"), true, place("b", "a")],
  [retire("b"), true, place("b", null)],
  [retire(null), true, null],
  [mend("readable"), false, null],
  [mend("hidden"), true, null],
  [{ kind: "openDirectory", node: "node1", directory: "/c" }, true, null],
  [set("true", null), false, unset("true")],
  [set("true", "false"), false, set("false", "true")],
  [unset("true"), false, set("true", null)],
  [unset(null), false, unset(null)],
  [restart, false, restart],
  [apply, false, apply],
  [{ kind: "awaitRunning" }, false, null],
  [{ kind: "record", restartRequired: [] }, false, null],
  [{ kind: "discardPending" }, false, null],
])("%j: needs a restart %s, is taken back by %j", (step, needs, inverse) => {
  expect([needsRestart(step), inverseOf(step)]).toEqual([needs, inverse]);
});
