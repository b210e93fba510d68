import type { TableauError } from "../vocabulary/error";
import { hasRestarted, hasStayed, hasSurelyRestarted } from "../plan/compare/has-restarted";
import { isRestartOutstanding } from "../plan/restart";
import type { ServerRecord } from "../plan/record/record";
import type { SeenServer } from "../plan/seen";
import { judgeRunning, sayWhatIsAwaited } from "./await-running";
import { isKeyStep } from "./change-keys";
import { lookUntilSure, type Look, type Sure } from "./look-until-sure";
import { observeServer } from "./observe-server";
import type { RanJob } from "./run-job";
import { secondsWithoutJob, type Target } from "./target";
import { verifyActivation } from "./verify-activation";
import type { ActivationContext } from "./activation-context";

/** What is not as it should be, and what follows from it. */
export type NotConfirmed =
  /** It was seen that the change failed. */
  | { readonly follows: "go back"; readonly error: TableauError }
  /** It cannot be told whether it did: nobody may act on that. */
  | { readonly follows: "leave"; readonly error: TableauError }
  /** The server took the keys without a restart, which the files still need. */
  | { readonly follows: "restart" };

/**
 * Looks at the whole server after a change until it is sure what became of it, after a job for `timeouts.ready`: it runs as before, every
 * node has what is wanted, and its processes are new if there was a restart. What cannot be read is looked at again.
 *
 * @param job the job that was run; null: none.
 * @param begun the record that was written before it, should it be gone by now.
 */
export async function confirmActivation(
  context: ActivationContext,
  job: RanJob | null,
  begun: ServerRecord,
): Promise<Sure<SeenServer, NotConfirmed>> {
  const { target, report } = context;
  return await lookUntilSure((which) => look(context, job, begun, which), secondsToConfirm(target, job), sayWhatIsAwaited(target, report));
}

function secondsToConfirm(target: Target, job: RanJob | null): number {
  if (job === null) return secondsWithoutJob(target);
  // Where tsm says that the job failed nothing is waited for; one look may still show that the server runs with what is wanted.
  return job.end === "failed" ? 0 : target.timeouts.ready;
}

async function look(
  context: ActivationContext,
  job: RanJob | null,
  begun: ServerRecord,
  which: "first" | "further",
): Promise<Look<SeenServer, NotConfirmed>> {
  const { target, question, view, plan, report } = context;
  const withRecord = (server: SeenServer): SeenServer => ({ ...server, record: server.record ?? begun });
  if (job === null) return judge(context, null, withRecord((await observeServer(target, question)).seen), []);
  // A job that nobody saw end may still run.
  if (job.end === "unknown") await target.tsm.joinRunningJobs((line) => report.step(line));
  const changed = plan.steps.some((step) => isKeyStep(step) || step.kind === "discardPending") ? "configuration" : "processes";
  const asked = target.tsm.look({ view, changed });
  // The nodes are looked at while tsm is asked for the first time: mostly the server is back by then.
  const nodes = which === "first" ? observeServer(target, question, asked) : null;
  const early = nodes?.catch(() => null) ?? null;
  const running = judgeRunning(target, view, await asked);
  if (running.kind !== "right") return { kind: "not yet", why: { follows: "go back", error: running.why } };
  const seen = (await early)?.seen ?? null;
  const again = seen !== null && isWhole(context.seen, seen) ? seen : (await observeServer(target, question, running.value)).seen;
  return judge(context, job, withRecord(again), running.notes);
}

// A process may have started just after its node was looked at and just before tsm was asked.
function isWhole(before: SeenServer, early: SeenServer): boolean {
  const all = early.nodes.every(({ oldestProcess }, i) => oldestProcess !== null || before.nodes[i]?.oldestProcess === null);
  return all && hasRestarted(before, early);
}

// An apply of keys that the server may take without a restart.
function mayStayUp({ step }: RanJob): boolean {
  return step.kind === "applyPending" && step.restarts === "perhaps";
}

function judge(
  context: ActivationContext,
  job: RanJob | null,
  again: SeenServer,
  notes: readonly string[],
): Look<SeenServer, NotConfirmed> {
  const { desired, plan, seen: before } = context;
  const isStopped = before.status === "STOPPED";
  if (job !== null && job.end !== "done" && !isStopped && !hasSurelyRestarted(before, again)) {
    return { kind: "wrong", why: { follows: hasStayed(before, again) ? "go back" : "leave", error: job.error } };
  }
  if (job?.step.kind === "applyPending" && isRestartOutstanding(plan, before, again)) return { kind: "wrong", why: { follows: "restart" } };
  const error = verifyActivation(desired, plan, again, job === null || isStopped || mayStayUp(job) ? "not restarted" : { before });
  return error === null ? { kind: "right", value: again, notes } : { kind: "wrong", why: { follows: "go back", error } };
}
