import { TableauError } from "../error";
import { foreignChanges } from "../plan/check-pending";
import { describeStep } from "../plan/describe-step";
import { hasRestarted } from "../plan/has-restarted";
import type { DesiredServer } from "../plan/desired";
import { recordAfter, recordBefore } from "../plan/record-after";
import { superfluousPackages } from "../plan/retain-versions";
import type { SeenServer } from "../plan/seen";
import type { Plan, Step } from "../plan/step";
import type { PendingChanges, TsmView } from "../tsm/tsm";
import { awaitRunning } from "./await-running";
import type { Lock } from "./hold-lock";
import { observeServer, type ServerQuestion } from "./observe-server";
import type { Report } from "./report";
import { cleanScript } from "./scripts/clean";
import { isFileStep, stageFiles, switchFiles } from "./switch-files";
import type { Target } from "./target";
import { verifyActivation } from "./verify-activation";
import { writeRecord } from "./write-record";

export interface Work {
  readonly target: Target;
  readonly question: ServerQuestion;
  readonly report: Report;
  readonly lock: Lock;
  readonly desired: DesiredServer;
  readonly seen: SeenServer;
  readonly view: TsmView;
  readonly plan: Plan;
}

export type Carried =
  | { readonly kind: "done"; readonly seen: SeenServer }
  | { readonly kind: "failed"; readonly error: Error; readonly seen: SeenServer | null };

type Job = "applyPending" | "restart" | "none";

/**
 * Carries a plan out, step by step, and looks again. On a failure what is really there is looked at too, so that the
 * caller can tell the true state; the note that a restart is due stays on the initial node until a restart is confirmed.
 */
export async function carryOut(work: Work): Promise<Carried> {
  try {
    return { kind: "done", seen: await run(work) };
  } catch (error) {
    return { kind: "failed", error: error instanceof Error ? error : new Error(String(error)), seen: await lookAgain(work) };
  }
}

async function run(work: Work): Promise<SeenServer> {
  const { target, plan, desired, seen, lock } = work;
  const fileSteps = plan.steps.filter(isFileStep);
  for (const step of plan.steps) {
    if (step.kind !== "discardPending") continue;
    tell(work, step);
    await target.tsm.discardPending();
  }
  await stageFiles(target, fileSteps);
  lock.assertHeld();
  const note = plan.steps.find((step) => step.kind === "record")?.restartRequired ?? [];
  await writeRecord(target, recordBefore(desired, seen, plan.steps), note.length === 0 ? "leave" : { due: note.join("; ") });
  for (const step of fileSteps) tell(work, step);
  await switchFiles(target, fileSteps);
  const job = await activateChanges(work);
  const again = await verified(work, job);
  const activation = job === "none" ? null : { at: new Date().toISOString(), why: note, job };
  const record = recordAfter(desired, again, plan.steps, activation);
  await writeRecord(target, record, "clear");
  await clean(work, again);
  return { ...again, record, restartRequired: null };
}

/** Keys, the last look at what is pending, then one apply or one restart. */
async function activateChanges(work: Work): Promise<Job> {
  const { target, plan, lock } = work;
  const keySteps = plan.steps.filter((step) => step.kind === "setKey" || step.kind === "unsetKey");
  if (keySteps.length > 0) {
    for (const step of keySteps) tell(work, step);
    lock.assertHeld();
    await target.tsm.setKeys(keySteps.map((step) => ({ key: step.key, value: step.kind === "setKey" ? step.value : null })));
    const pending = await target.tsm.pending();
    refuseForeign(work, keySteps, pending);
    // A server that sees the wanted value as the applied one has nothing to apply.
    if (!keySteps.some(({ key }) => pending.ours.includes(key))) return await restartIfDue(work);
    return await startJob(work, "applyPending");
  }
  return plan.steps.some(({ kind }) => kind === "restart") ? await startJob(work, "restart") : "none";
}

async function restartIfDue(work: Work): Promise<Job> {
  const dueForFiles = work.plan.steps.some(isFileStep) || work.seen.restartRequired !== null;
  return dueForFiles && work.seen.status !== "STOPPED" ? await startJob(work, "restart") : "none";
}

async function startJob(work: Work, job: "applyPending" | "restart"): Promise<Job> {
  const { target, report, lock, seen, plan } = work;
  const why = plan.steps.flatMap((step) => (step.kind === "applyPending" || step.kind === "restart" ? step.why : []));
  report.step(describeStep({ kind: job, why }, target.name));
  lock.assertHeld();
  const onProgress = (line: string): void => {
    report.step(line);
  };
  const end = await (job === "restart" ? target.tsm.restart(onProgress) : target.tsm.applyPending(onProgress));
  if (!end.succeeded) throw jobFailed(target, job, end.text);
  if (seen.status !== "STOPPED") await awaitRunning(target, work.view, report);
  return job;
}

// An apply whose keys the server takes as dynamic restarts nothing: then the files still need their one restart.
async function verified(work: Work, job: Job): Promise<SeenServer> {
  const { target, question, desired, seen, plan } = work;
  const { seen: again } = await observeServer(target, question);
  if (job === "applyPending" && seen.status !== "STOPPED" && !hasRestarted(seen, again) && plan.steps.some(isFileStep)) {
    await startJob(work, "restart");
    return await verified(work, "restart");
  }
  verifyActivation(desired, plan, again, job === "none" || seen.status === "STOPPED" ? "not restarted" : { before: seen });
  return again;
}

function refuseForeign(work: Work, keySteps: readonly Step[], pending: PendingChanges): void {
  const { desired, seen } = work;
  if (desired.options.foreignPendingChanges === "apply" && !pending.topology) return;
  const foreign = foreignChanges({ ...seen, pending }, keySteps);
  if (foreign.length === 0 && !pending.topology) return;
  throw new TableauError("plan-refused", {
    message: `While this run worked, somebody else left changes pending on ${desired.name}: ${[...foreign, ...(pending.topology ? ["topology changes"] : [])].join(", ")}. Nothing was applied; our keys are pending beside them.`,
    next: "Apply or discard the other changes with tsm, then run `pulumi up` again: it makes up for the restart that is due.",
  });
}

async function clean(work: Work, again: SeenServer): Promise<void> {
  const { target, desired } = work;
  const listed = new Set(desired.connectors.map(({ sha256 }) => sha256));
  const now = Date.now() / 1000;
  await Promise.allSettled(
    target.hosts.map(async (host) => {
      const node = again.nodes.find(({ name }) => name === host.node);
      const superfluous = superfluousPackages(node?.stored ?? [], listed, now);
      if (superfluous.length === 0 && (node?.leftovers ?? []).length === 0) return;
      const args = [target.stateDirectory, target.directory, ...superfluous];
      await host.run({ name: "clean", text: cleanScript, args, as: "privileged", timeoutSeconds: target.timeouts.command });
    }),
  );
}

async function lookAgain(work: Work): Promise<SeenServer | null> {
  try {
    return (await observeServer(work.target, work.question)).seen;
  } catch {
    return null;
  }
}

function tell(work: Work, step: Step): void {
  work.report.step(describeStep(step, work.target.name));
}

function jobFailed(target: Target, job: "applyPending" | "restart", text: string): TableauError {
  const command = job === "restart" ? "tsm restart" : "tsm pending-changes apply";
  return new TableauError("activation-failed", {
    node: target.hosts[0].node,
    message: `\`${command}\` of ${target.name} failed: ${text.trim() || "it gave no reason"}.`,
    next: "See `tsm jobs list` and `tsm status -v` on the initial node; the next `pulumi up` makes up for the restart that is due.",
  });
}
