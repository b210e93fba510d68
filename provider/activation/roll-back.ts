import { TableauError } from "../vocabulary/error";
import { describeByHand } from "../plan/describe/describe-by-hand";
import { describeStep } from "../plan/describe/describe-step";
import { fingerprint } from "../plan/compare/fingerprint";
import { planRollback } from "../plan/plan-rollback";
import { recordRolledBack } from "../plan/record/record-after";
import type { ServerRecord } from "../plan/record/record";
import { restartToGoBack, type Progress } from "../plan/restart";
import type { SeenServer } from "../plan/seen";
import type { Step } from "../plan/step";
import { wallClock } from "../vocabulary/wall-clock";
import { awaitRunning, sayWhatIsAwaited } from "./await-running";
import { changeKeys, isKeyStep } from "./change-keys";
import { reobserve } from "./reobserve";
import { lookUntilSure, type Look } from "./look-until-sure";
import { observeServer } from "./observe-server";
import { runJob } from "./run-job";
import { isFileStep, stageFiles, switchFiles } from "./switch-files";
import { secondsWithoutJob } from "./target";
import type { ActivationResult, ActivationContext } from "./activation-context";
import { writeRecord } from "./write-record";

/**
 * Brings a server back to what it was before a plan that failed: files from the store, keys, and one more restart if the
 * failed one may have loaded anything. Never while a job runs: that is waited for first.
 *
 * The set is remembered as rolled back only if its activation was really tried; a change set that was stopped before, as
 * by somebody else's pending change, may be tried again at once.
 */
export async function rollBack(context: ActivationContext, progress: Progress, failure: Error): Promise<ActivationResult> {
  const { target, report } = context;
  let steps: Step[] = [];
  try {
    report.step(`the change failed: bring the earlier set of ${target.name} back`);
    const current = await lookWhenIdle(context, progress === "activating" ? target.timeouts.ready : secondsWithoutJob(target));
    steps = planRollback(context.plan, context.seen, current, progress);
    const { again, restarted } = await restore(context, steps, current, progress);
    const record = await remember(context, again, progress, failure);
    return { kind: "failed", error: rolledBack(context, failure, { steps, progress, restarted }), seen: { ...again, record } };
  } catch (second) {
    return { kind: "failed", error: bothFailed(context, failure, second, steps), seen: await reobserve(context) };
  }
}

interface Restored {
  readonly again: SeenServer;
  readonly restarted: "one more restart" | "no restart";
}

async function restore(context: ActivationContext, steps: readonly Step[], current: SeenServer, progress: Progress): Promise<Restored> {
  const { target, report, lock } = context;
  const files = steps.filter(isFileStep);
  const staged = await stageFiles(target, files, current);
  // A new connection is opened by itself, a lost lock is not: somebody else may be at work by now.
  lock.assertHeld();
  if (steps.some(({ kind }) => kind === "discardPending")) await target.tsm.discardPending();
  for (const step of files) report.step(describeStep(step, target.name));
  await switchFiles(target, staged, current);
  const keys = steps.filter(isKeyStep);
  const pending = keys.length > 0 ? await changeKeys(context, keys) : "pending";
  // Keys that turn out to have their earlier values already need no apply.
  const last = pending === "pending" ? steps : restartToGoBack(context.seen, current, progress, "stay");
  const job = last.find((step) => step.kind === "applyPending" || step.kind === "restart");
  if (job === undefined) return { again: await lookWhenIdle(context, secondsWithoutJob(target)), restarted: "no restart" };
  const ran = await runJob(context, job);
  if (ran.end === "failed") throw ran.error;
  // Everything else is looked at afterwards.
  await awaitRunning(target, { view: context.view, changed: "processes" }, report);
  return { again: await lookWhenIdle(context, target.timeouts.ready), restarted: "one more restart" };
}

/** What is there once no job runs any more. What cannot be seen at once is looked at again: to give up would leave a server half way. */
async function lookWhenIdle({ target, question, report }: ActivationContext, seconds: number): Promise<SeenServer> {
  const look = async (): Promise<Look<SeenServer, Error>> => {
    await target.tsm.joinRunningJobs((line) => {
      report.step(line);
    });
    return { kind: "right", value: (await observeServer(target, question)).seen, notes: [] };
  };
  const sure = await lookUntilSure(look, seconds, sayWhatIsAwaited(target, report));
  if (sure.kind === "right") return sure.value;
  throw sure.kind === "unseen" ? sure.error : sure.why;
}

/** Whether a failure shows that the set does not work; what could not be seen or begun shows nothing of it. */
function wasTried(progress: Progress, failure: Error): boolean {
  return progress === "activating" && failure instanceof TableauError && failure.code === "activation-failed";
}

// The note that a restart is due goes only when nothing is due: no file differs from what runs.
async function remember(context: ActivationContext, again: SeenServer, progress: Progress, failure: Error): Promise<ServerRecord> {
  const { target, desired, seen } = context;
  const rolledBackSet = wasTried(progress, failure)
    ? { fingerprint: fingerprint(desired, seen), at: wallClock().toISOString(), why: firstSentence(failure.message) }
    : null;
  const record = recordRolledBack(desired, seen, again, rolledBackSet);
  context.lock.assertHeld();
  await writeRecord(target, record, seen.restartRequired === null ? "clear" : { due: seen.restartRequired.reason });
  return record;
}

function rolledBack(
  context: ActivationContext,
  failure: Error,
  { steps, progress, restarted }: Pick<Restored, "restarted"> & { readonly steps: readonly Step[]; readonly progress: Progress },
): TableauError {
  const files = steps.filter(isFileStep).length;
  const keys = steps.filter(isKeyStep).length;
  const again = wasTried(progress, failure) ? " This set is not tried again until it, a key or the server's version differs." : "";
  return new TableauError("activation-failed", {
    message: `${failure.message}\n  The earlier set of ${context.target.name} is back: ${String(files)} files, ${String(keys)} keys, ${restarted}.${again}`,
    next: wasTried(progress, failure)
      ? "When the cause is mended, run `pulumi-tableau retry`, then `pulumi up`."
      : "When the cause is mended, run `pulumi up` again.",
    cause: failure,
  });
}

function bothFailed(context: ActivationContext, failure: Error, second: unknown, steps: readonly Step[]): TableauError {
  const commands = steps.flatMap((step) => describeByHand(step, context.target.stateDirectory) ?? []);
  const byHand = commands.length === 0 ? "" : ` To bring the earlier set back by hand:\n    ${commands.join("\n    ")}`;
  return new TableauError("rollback-failed", {
    message: `${failure.message}\n  Bringing the earlier set of ${context.target.name} back failed too: ${second instanceof Error ? second.message : String(second)}`,
    next: `The next \`pulumi up\` goes on from here and makes up for the restart that is due.${byHand}`,
    cause: new AggregateError([failure, second]),
  });
}

function firstSentence(message: string): string {
  const [sentence = message] = message.split(/(?<=\.) (?=[A-Z])|\n/);
  return sentence;
}
