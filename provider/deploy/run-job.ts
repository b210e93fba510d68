import { TableauError } from "../error";
import { describeStep } from "../plan/describe/describe-step";
import type { Step } from "../plan/step";
import type { Earlier, TsmView } from "../tsm/tsm";
import { awaitRunning, type Back } from "./await-running";
import type { SeenTarget } from "./observe-server";
import type { Target } from "./target";
import type { Work } from "./work";

/**
 * Applies the pending changes or restarts the server, once, and waits until no process is worse than before the change.
 * A server that was stopped is not waited for: an apply does not start it.
 *
 * @param changed what is asked of tsm when the server is back, beside its status.
 * @param meanwhile looks at the nodes while tsm is asked whether the server is back.
 * @returns what was seen then; null: it was not waited for.
 * @throws TableauError activation-failed if the job failed or the server is not back in time.
 */
export async function runJob(
  { target, report, lock, view }: Pick<Work, "target" | "report" | "lock" | "view">,
  step: Extract<Step, { kind: "applyPending" | "restart" }>,
  changed: Earlier["changed"],
  meanwhile?: (view: Promise<TsmView>) => Promise<SeenTarget | null>,
): Promise<Back | null> {
  report.step(describeStep(step, target.name));
  lock.assertHeld();
  const onProgress = (line: string): void => {
    report.step(line);
  };
  const end = await (step.kind === "restart" ? target.tsm.restart(onProgress) : target.tsm.applyPending(onProgress));
  if (!end.succeeded) throw jobFailed(target, step.kind, end.text);
  return view.status === "STOPPED" ? null : await awaitRunning(target, { view, changed }, report, meanwhile);
}

function jobFailed(target: Target, job: "applyPending" | "restart", text: string): TableauError {
  const command = job === "restart" ? "tsm restart" : "tsm pending-changes apply";
  return new TableauError("activation-failed", {
    node: target.hosts[0].node,
    message: `\`${command}\` of ${target.name} failed: ${oneLine(text) || "it gave no reason"}.`,
    next: "See `tsm jobs list`, `tsm status -v` and /var/opt/tableau/tableau_server/data/tabsvc/logs on the initial node.",
  });
}

// The last words of the job; how far it had come is in the progress lines.
function oneLine(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  const words = lines.filter((line) => line !== "" && !/^\d+% - /.test(line));
  return words.slice(-2).join(" / ").replace(/\.$/, "");
}
