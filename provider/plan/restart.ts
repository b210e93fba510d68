import { isOwnKey } from "../vocabulary/keys";
import { hasRestarted, hasStayed } from "./compare/has-restarted";
import type { SeenServer } from "./seen";
import { needsRestart, type Plan, type Step } from "./step";

/** How far a plan had come when it failed. */
export type Progress = "prepared" | "switching" | "activating";

type Job = Extract<Step, { kind: "applyPending" | "restart" | "awaitRunning" }>;

/** What becomes of keys. `may be dynamic`: only such as tsm may take without a restart change, and nothing else needs one. */
export type KeysMove = "change" | "may be dynamic" | "stay";

/** What key changes come to; `why` is all that needs a restart, these included. */
export function keysMove(keySteps: readonly Step[], why: readonly string[]): KeysMove {
  if (keySteps.length === 0) return "stay";
  const isOther = (step: Step): boolean => (step.kind === "setKey" || step.kind === "unsetKey") && !isOwnKey(step.key);
  return why.length === keySteps.length && keySteps.every(isOther) ? "may be dynamic" : "change";
}

/**
 * Whether a change set restarts the server, and by what: the one place that decides it, for the plan, for a run that learns more,
 * and for the way back. A restart throws everybody out for minutes.
 *
 * One apply if keys are to change, else one restart if one is due, else nothing: both restart the whole cluster. A server that is
 * stopped is not started; it loads the files when it starts.
 *
 * @param why what makes a restart due; empty: nothing does.
 */
export function activationSteps(seen: SeenServer, keys: KeysMove, why: readonly string[]): Job[] {
  const isStopped = seen.status === "STOPPED";
  if (keys !== "stay") {
    const apply = { kind: "applyPending" as const, why, ...(keys === "change" ? {} : { restarts: "perhaps" as const }) };
    return isStopped ? [apply] : [apply, { kind: "awaitRunning" }];
  }
  return why.length === 0 || isStopped ? [] : [{ kind: "restart", why }, { kind: "awaitRunning" }];
}

/** What a preview can say of a restart: `perhaps` where it depends on what is not known before the server is looked at. */
export type ForeseenRestart = "yes" | "perhaps" | "no";

/** Whether a change set will restart the server, by what each of its differences needs: one restart serves them all. */
export function foreseenRestart(needs: readonly ForeseenRestart[]): ForeseenRestart {
  return needs.includes("yes") ? "yes" : needs.includes("perhaps") ? "perhaps" : "no";
}

/** Whether a first deployment of so many connectors, drivers and certificates will: without any, keys alone may still have to be applied. */
export function foreseenFirstRestart(files: number): ForeseenRestart {
  return files > 0 ? "yes" : "perhaps";
}

/** Whether the files of a plan, or a restart that was due before it, need a restart of their own where its apply makes none. */
export function needsRestartBesideApply(plan: Plan, before: SeenServer): boolean {
  return before.status !== "STOPPED" && (plan.steps.some(needsRestart) || before.restartRequired !== null);
}

/** Whether an apply that tsm reports as done made none, since the server took the keys as dynamic, and one is still needed. */
export function isRestartOutstanding(plan: Plan, before: SeenServer, again: SeenServer): boolean {
  return needsRestartBesideApply(plan, before) && !hasRestarted(before, again);
}

/** What brings a server back to the set that ran before: nothing where its processes surely are the ones that loaded that set. */
export function restartToGoBack(before: SeenServer, now: SeenServer, progress: Progress, keys: KeysMove): Job[] {
  const why = ["the activation failed"];
  if (keys !== "stay") return activationSteps(before, keys, why);
  const isUntouched = progress !== "activating" || (hasStayed(before, now) && now.status === before.status);
  return isUntouched ? [] : activationSteps(before, "stay", why);
}
