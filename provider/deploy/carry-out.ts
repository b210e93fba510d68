import { TableauError, type ErrorCode } from "../error";
import { describeStep } from "../plan/describe/describe-step";
import { hasRestarted } from "../plan/compare/has-restarted";
import type { Progress } from "../plan/plan-rollback";
import { recordAfter, recordBefore } from "../plan/record/record-after";
import type { SeenServer } from "../plan/seen";
import { needsRestart, type Step } from "../plan/step";
import type { Back } from "./await-running";
import { changeKeys, isKeyStep } from "./change-keys";
import { cleanUp } from "./clean-up";
import { lookAgain } from "./look-again";
import { observeServer } from "./observe-server";
import { rollBack } from "./roll-back";
import { runJob } from "./run-job";
import { isFileStep, stageFiles, switchFiles } from "./switch-files";
import { verifyActivation } from "./verify-activation";
import type { Carried, Work } from "./work";
import { writeRecord } from "./write-record";

/**
 * Carries a plan out, step by step, and looks again. On a failure everything goes back, unless the program wants
 * otherwise, and what is really there is told; the note that a restart is due stays on the initial node until the server
 * is seen to run with what lies there.
 */
export async function carryOut(work: Work): Promise<Carried> {
  const run = new Run(work);
  try {
    return { kind: "done", seen: await run.toTheEnd() };
  } catch (reason) {
    const error = reason instanceof Error ? reason : new Error(String(reason));
    if (run.progress === "activated" && isOutOfSight(error))
      return { kind: "failed", error: notSeen(work, error), seen: await lookAgain(work) };
    const progress = run.progress === "activated" ? "activating" : run.progress;
    // Without the lock somebody else may be at work: the next run goes on from here.
    if (progress !== "prepared" && work.desired.options.rollback && work.lock.isHeld()) return await rollBack(work, progress, error);
    return { kind: "failed", error, seen: await lookAgain(work) };
  }
}

type ActivationStep = Extract<Step, { kind: "applyPending" | "restart" }>;

// The server runs with what was placed, so far as could be seen: a lost connection is no reason to restart it again.
function isOutOfSight(error: Error): error is TableauError {
  return error instanceof TableauError && unseen.has(error.code);
}

const unseen: ReadonlySet<ErrorCode> = new Set(["host-unreachable", "host-connection-lost", "host-timeout", "tsm-unreachable"]);

function notSeen({ target }: Work, error: TableauError): TableauError {
  const { code, node } = error;
  return new TableauError(code, {
    ...(node === undefined ? {} : { node }),
    message: `${target.name} was activated and runs again, but it could not be looked at afterwards: ${error.message}\n  Nothing was rolled back.`,
    next: "Run `pulumi up` again: it looks at every node and goes on from there, without a restart if none is needed.",
    cause: error,
  });
}

class Run {
  progress: Progress | "activated" = "prepared";
  readonly #work: Work;
  /** What was seen when the server was back: it need not be looked at again. */
  #back: Back | null = null;

  constructor(work: Work) {
    this.#work = work;
  }

  async toTheEnd(): Promise<SeenServer> {
    const { target, plan, desired, seen } = this.#work;
    const why = plan.steps.find((step) => step.kind === "record")?.restartRequired ?? [];
    await this.#discardPending();
    await this.#switchFiles(why);
    const job = await this.#activate();
    const again = await this.#verify(job);
    const activation = job === null ? null : { at: new Date().toISOString(), why, job: job.kind };
    this.#work.lock.assertHeld();
    const record = recordAfter(desired, again, plan.steps, activation);
    await writeRecord(target, record, seen.restartRequired === null && why.length === 0 ? "leave" : "clear");
    await cleanUp(this.#work, again);
    return { ...again, record, restartRequired: null };
  }

  async #discardPending(): Promise<void> {
    const { target, plan, report } = this.#work;
    for (const step of plan.steps) {
      if (step.kind !== "discardPending") continue;
      report.step(describeStep(step, target.name));
      await target.tsm.discardPending();
    }
  }

  // Nothing live changes before every node holds a verified copy of everything and the initial node knows of the restart.
  async #switchFiles(why: readonly string[]): Promise<void> {
    const { target, plan, desired, seen, lock, report } = this.#work;
    const steps = plan.steps.filter(isFileStep);
    await stageFiles(target, steps);
    lock.assertHeld();
    await writeRecord(target, recordBefore(desired, seen, plan.steps), why.length === 0 ? "leave" : { due: why.join("; ") });
    if (steps.length > 0) this.progress = "switching";
    for (const step of steps) report.step(describeStep(step, target.name));
    await switchFiles(target, steps);
  }

  async #activate(): Promise<ActivationStep | null> {
    const { plan } = this.#work;
    const keys = plan.steps.filter(isKeyStep);
    const planned = plan.steps.find((step) => step.kind === "applyPending" || step.kind === "restart");
    if (planned === undefined) return null;
    if (planned.kind === "restart") return await this.#runJob(planned);
    this.progress = "switching";
    const pending = await changeKeys(this.#work, keys);
    if (pending === "pending") return await this.#runJob(planned);
    return this.#needsRestart() ? await this.#runJob({ ...planned, kind: "restart" }) : null;
  }

  async #runJob(step: ActivationStep): Promise<ActivationStep> {
    this.progress = "activating";
    const { target, question, plan } = this.#work;
    const changed = plan.steps.some((one) => isKeyStep(one) || one.kind === "discardPending") ? "configuration" : "processes";
    this.#back = await runJob(this.#work, step, changed, (view) => observeServer(target, question, view));
    this.progress = "activated";
    return step;
  }

  #needsRestart(): boolean {
    const { plan, seen } = this.#work;
    return seen.status !== "STOPPED" && (plan.steps.some(needsRestart) || seen.restartRequired !== null);
  }

  // An apply whose keys the server takes as dynamic restarts nothing: then the files still need their one restart.
  async #verify(job: ActivationStep | null): Promise<SeenServer> {
    const { desired, seen, plan } = this.#work;
    const again = await this.#lookAfter();
    if (job?.kind === "applyPending" && this.#needsRestart() && !hasRestarted(seen, again)) {
      return await this.#verify(await this.#runJob({ ...job, kind: "restart" }));
    }
    verifyActivation(desired, plan, again, job === null || seen.status === "STOPPED" ? "not restarted" : { before: seen });
    return again;
  }

  // A process may have started just after its node was looked at and just before tsm was asked.
  async #lookAfter(): Promise<SeenServer> {
    const { target, question, seen } = this.#work;
    const early = this.#back?.seen?.seen;
    const isWhole = early?.nodes.every(({ oldestProcess }, i) => oldestProcess !== null || seen.nodes[i]?.oldestProcess === null);
    if (early !== undefined && isWhole === true && hasRestarted(seen, early)) return early;
    return (await observeServer(target, question, this.#back?.view)).seen;
  }
}
