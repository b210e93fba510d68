import { randomUUID } from "node:crypto";
import { TableauError } from "../vocabulary/error";
import { wallClock } from "../vocabulary/wall-clock";
import { describeStep } from "../plan/describe/describe-step";
import { needsRestartBesideApply, type Progress } from "../plan/restart";
import { recordAfter, recordBefore } from "../plan/record/record-after";
import type { ServerRecord } from "../plan/record/record";
import type { SeenServer } from "../plan/seen";
import type { Plan } from "../plan/step";
import { changeKeys, isKeyStep } from "./change-keys";
import { cleanUp } from "./clean-up";
import { warnOfStrangeWords } from "./await-running";
import { confirmActivation } from "./confirm-activation";
import { reobserve } from "./reobserve";
import { rollBack } from "./roll-back";
import { runJob, type ActivationStep, type RanJob } from "./run-job";
import { isFileStep, stageFiles, switchFiles } from "./switch-files";
import type { ActivationResult, ActivationContext } from "./activation-context";
import { writeDown } from "./write-down";
import { writeRecord } from "./write-record";

/**
 * Carries a plan out, step by step, and looks again. On a failure everything goes back, unless the program wants
 * otherwise, and what is really there is told; the note that a restart is due stays on the initial node until the server
 * is seen to run with what lies there.
 *
 * What cannot be seen after the change is no failure of it: that is told, and nothing goes back.
 */
export async function carryOut(context: ActivationContext): Promise<ActivationResult> {
  const run = new Run(context);
  try {
    return { kind: "done", seen: await run.toTheEnd() };
  } catch (reason) {
    const error = reason instanceof Error ? reason : new Error(String(reason));
    // Without the lock somebody else may be at work: the next run goes on from here.
    const goesBack =
      run.progress !== "prepared" && context.desired.options.rollback && context.lock.isHeld() && !(error instanceof OutOfSight);
    if (goesBack) return await rollBack(context, run.progress, error);
    return { kind: "failed", error, seen: await reobserve(context) };
  }
}

// What is applied is seen by its value: after a run that was cut short nobody restarts a server for a key that needs no restart.
function mayStayUp({ steps }: Plan): boolean {
  return steps.some((step) => step.kind === "applyPending" && step.restarts === "perhaps");
}

/** The change was made, and what became of it could not be seen: nothing follows from that. */
class OutOfSight extends TableauError {
  constructor(name: string, cause: Error) {
    const { code, node } = cause instanceof TableauError ? cause : { code: "host-answer-unreadable" as const, node: undefined };
    super(code, {
      ...(node === undefined ? {} : { node }),
      message: `${name} was changed, but what became of it could not be seen: ${cause.message}\n  Nothing was rolled back.`,
      next: "Run `pulumi up` again: it looks at every node and goes on from there, without a restart if none is needed.",
      cause,
    });
  }
}

class Run {
  progress: Progress = "prepared";
  readonly #context: ActivationContext;
  /** The record while the plan is carried out. */
  readonly #begun: ServerRecord;

  constructor(context: ActivationContext) {
    this.#context = context;
    this.#begun = recordBefore(context.desired, context.seen, context.plan.steps, randomUUID());
  }

  async toTheEnd(): Promise<SeenServer> {
    const { plan, desired, seen } = this.#context;
    const why = plan.steps.find((step) => step.kind === "record")?.restartRequired ?? [];
    await this.#discardPending();
    await this.#switchFiles(why);
    const job = await this.#activate();
    const { again, step } = await this.#confirm(job);
    const activation = step === null ? null : { at: wallClock().toISOString(), why, job: step.kind };
    const record = recordAfter(desired, again, plan.steps, activation);
    const isNoted = seen.restartRequired !== null || why.length > 0 || seen.recordIs === "behind";
    const written = await writeDown(this.#context, record, isNoted ? "clear" : "leave");
    await cleanUp(this.#context, again);
    return { ...again, record, restartRequired: null, ...(written === "written" ? {} : { recordIs: "behind" }) };
  }

  async #discardPending(): Promise<void> {
    const { target, plan, report } = this.#context;
    for (const step of plan.steps) {
      if (step.kind !== "discardPending") continue;
      report.step(describeStep(step, target.name));
      await target.tsm.discardPending();
    }
  }

  // Nothing live changes before every node holds a verified copy of everything and the initial node knows of the restart.
  async #switchFiles(why: readonly string[]): Promise<void> {
    const { target, plan, seen, lock, report } = this.#context;
    const steps = plan.steps.filter(isFileStep);
    const staged = await stageFiles(target, steps, seen);
    lock.assertHeld();
    await writeRecord(target, this.#begun, why.length === 0 || mayStayUp(plan) ? "leave" : { due: why.join("; ") });
    if (steps.length > 0) this.progress = "switching";
    for (const step of steps) report.step(describeStep(step, target.name));
    await switchFiles(target, staged, seen);
  }

  async #activate(): Promise<RanJob | null> {
    const { plan, seen } = this.#context;
    const planned = plan.steps.find((step) => step.kind === "applyPending" || step.kind === "restart");
    if (planned === undefined) return null;
    if (planned.kind === "restart") return await this.#runJob(planned);
    this.progress = "switching";
    const pending = await changeKeys(this.#context, plan.steps.filter(isKeyStep));
    if (pending === "pending") return await this.#runJob(planned);
    return needsRestartBesideApply(plan, seen) ? await this.#runJob({ kind: "restart", why: planned.why }) : null;
  }

  async #runJob(step: ActivationStep): Promise<RanJob> {
    this.progress = "activating";
    return await runJob(this.#context, step);
  }

  async #confirm(job: RanJob | null): Promise<{ again: SeenServer; step: ActivationStep | null }> {
    const { target, report } = this.#context;
    const sure = await confirmActivation(this.#context, job, this.#begun);
    if (sure.kind === "right") {
      warnOfStrangeWords(target, sure.notes, report);
      if (job !== null && job.end !== "done") {
        report.warn(`${target.name} was seen to run with the change all the same: ${job.error.message}`);
      }
      return { again: sure.value, step: job?.step ?? null };
    }
    if (job?.end === "failed") throw job.error;
    if (sure.kind === "unseen") throw new OutOfSight(target.name, sure.error);
    const { why } = sure;
    if (why.follows === "go back") throw why.error;
    if (why.follows === "leave") throw new OutOfSight(target.name, why.error);
    return await this.#confirm(await this.#runJob({ kind: "restart", why: job?.step.why ?? [] }));
  }
}
