import { TableauError } from "../vocabulary/error";
import { describeStep } from "../plan/describe/describe-step";
import type { Step } from "../plan/step";
import { isOutOfSight } from "../vocabulary/error-kind";
import type { Target } from "./target";
import type { ActivationContext } from "./activation-context";

export type ActivationStep = Extract<Step, { kind: "applyPending" | "restart" }>;

/** A job that was started, and how it ended as far as tsm told: what is seen of the server outranks it. */
export type RanJob =
  | { readonly step: ActivationStep; readonly end: "done" }
  /** `unknown`: sight of it was lost, and it may not even have been started. */
  | { readonly step: ActivationStep; readonly end: "failed" | "unknown"; readonly error: TableauError };

/**
 * Applies the pending changes or restarts the server, once.
 *
 * @throws TableauError (host-connection-lost, tsm-login-refused, tsm-not-found, ...) if the job was surely not started.
 */
export async function runJob(
  { target, report, lock }: Pick<ActivationContext, "target" | "report" | "lock">,
  step: ActivationStep,
): Promise<RanJob> {
  report.step(describeStep(step, target.name));
  lock.assertHeld();
  const onProgress = (line: string): void => {
    report.step(line);
  };
  try {
    const end = await (step.kind === "restart" ? target.tsm.restart(onProgress) : target.tsm.applyPending(onProgress));
    return end.succeeded ? { step, end: "done" } : { step, end: "failed", error: jobFailed(target, step.kind, end.text) };
  } catch (error) {
    const isLost = isOutOfSight(error) || (error instanceof TableauError && error.code === "tsm-job-timeout");
    if (isLost) return { step, end: "unknown", error };
    throw error;
  }
}

function jobFailed(target: Target, job: ActivationStep["kind"], text: string): TableauError {
  const command = job === "restart" ? "tsm restart" : "tsm pending-changes apply";
  return new TableauError("activation-failed", {
    node: target.hosts[0].node,
    message: `\`${command}\` of ${target.name} failed: ${oneLine(text) || "it gave no reason"}.`,
    next: "See `tsm jobs list`, `tsm status -v` and the logs in data/tabsvc/logs of the data directory on the initial node.",
  });
}

// The last words of the job; how far it had come is in the progress lines.
function oneLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  const words = lines.filter((line) => line !== "" && !/^\d+% - /.test(line));
  return words.slice(-2).join(" / ").replace(/\.$/, "");
}
