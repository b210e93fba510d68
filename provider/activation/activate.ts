import { TableauError } from "../vocabulary/error";
import { wallClock } from "../vocabulary/wall-clock";
import type { DesiredServer } from "../plan/desired";
import { planActivation } from "../plan/plan-activation";
import { ownership } from "../plan/record/ownership";
import { recordBefore } from "../plan/record/record-after";
import { recall, type Remembered } from "../plan/record/remembered";
import { isOpen, nextOpening, type RestartWindow } from "../plan/restart-window";
import type { SeenServer } from "../plan/seen";
import type { Finding, Plan } from "../plan/step";
import { warnOfStrangeWords } from "./await-running";
import { perform } from "../actions/action";
import { checkAnswer } from "../actions/check-answer";
import { forget } from "../actions/forget";
import { strangeWords } from "./compare-running";
import { carryOut } from "./carry-out";
import { holdLock, type Lock } from "./hold-lock";
import { observeServer, type SeenTarget, type ServerQuestion } from "./observe-server";
import type { Report } from "./report";
import type { Target } from "./target";
import type { ActivationResult } from "./activation-context";
import { writeRecord } from "./write-record";

export interface ActivationRequest {
  readonly target: Target;
  readonly question: ServerQuestion;
  /** What is wanted; the owner of files is known only after the look. */
  readonly desired: Omit<DesiredServer, "fileOwner">;
  /** `hold`: look, check and say what is due, but change nothing live. */
  readonly activation: "now" | "hold";
  /** Outside of it like `hold`. Decided once, by the initial node's clock. */
  readonly restartWindow?: RestartWindow;
  /** What the config's state keeps of the record; null: nothing. */
  readonly remembered: Remembered | null;
  /** Whether a preview has told that the server may restart: else what needs a restart waits for the next preview. */
  readonly restart: "told" | "not told";
  readonly report: Report;
}

/** How an activation ended. Only `failed` leaves something changed and unfinished behind. */
export type ActivationOutcome =
  | { readonly kind: "done"; readonly seen: SeenServer; readonly desired: DesiredServer; readonly plan: Plan }
  | {
      readonly kind: "held";
      readonly seen: SeenServer;
      readonly desired: DesiredServer;
      readonly plan: Plan;
      readonly waitsFor: WaitsFor;
    }
  | { readonly kind: "refused"; readonly error: TableauError }
  | { readonly kind: "failed"; readonly error: Error; readonly desired: DesiredServer; readonly seen: SeenServer | null };

/** What a change that was not made waits for: a later `up` with activation "now", one after a preview, or the opening of the window. */
export type WaitsFor = "activation" | "preview" | Date;

/**
 * Makes a server what is wanted: observe, plan, apply, observe, under the server's lock. The same for a first
 * deployment, an update, an adoption, the end of an interrupted run, and a removal.
 *
 * @throws TableauError (host-*, tsm-*, lock-held) if the server cannot be looked at; nothing has changed then.
 */
export async function activate(request: ActivationRequest): Promise<ActivationOutcome> {
  const { target, report, desired } = request;
  const held = holdLock(target, `${desired.owner.stack} (${desired.owner.urn})`, report);
  prepareToLook(target);
  const lock = await held;
  try {
    return await activateLocked(request, lock);
  } finally {
    await lock.release();
  }
}

// The look has to wait for the lock; the shells that it runs in need not.
function prepareToLook({ hosts, tsm, timeouts }: Target): void {
  for (const host of hosts) host.prepare?.("privileged", timeouts.command);
  tsm.prepare();
}

async function activateLocked(request: ActivationRequest, lock: Lock): Promise<ActivationOutcome> {
  const { target, question, report } = request;
  const first = look(request, await observeServer(target, question));
  const settled = await joinRunningJobs(request, first);
  const { plan, desired, seen } = settled;
  if (plan.refusals.length > 0) return { kind: "refused", error: refusal(desired, plan.refusals) };
  for (const { node, message, next } of plan.warnings) report.warn(`${node === undefined ? "" : `[${node}] `}${message} ${next}`.trim());
  if (plan.steps.length === 0) return await finish(target, { kind: "done", seen, desired, plan });
  warnOfStrangeWords(target, strangeWords(settled.view), report);
  lock.announce();
  const isLive = plan.steps.some(({ kind }) => kind !== "record");
  if (isLive && request.activation === "hold") return await hold(target, settled, "activation");
  const opensAt = waitsUntil(request, settled.now);
  if (isLive && opensAt !== null) return await hold(target, settled, opensAt);
  if (request.restart === "not told" && plan.steps.some(({ kind }) => kind === "awaitRunning")) {
    return await waitForPreview(request, settled);
  }
  const result = await carryOut({ ...request, ...settled, lock });
  return await finish(target, toOutcome(settled, result));
}

interface Look extends SeenTarget {
  readonly desired: DesiredServer;
  readonly plan: Plan;
}

function look(request: ActivationRequest, observed: SeenTarget): Look {
  const desired = { ...request.desired, fileOwner: observed.fileOwner };
  const seen = recall(observed.seen, request.remembered, desired.owner);
  return { ...observed, seen, desired, plan: planActivation(desired, seen) };
}

// A job that runs already may be the very restart that an interrupted run has begun: it is waited for and its result
// looked at, so that it is not made twice.
async function joinRunningJobs(request: ActivationRequest, first: Look): Promise<Look> {
  const { target, report, question } = request;
  const activates = first.plan.steps.some(({ kind }) => kind === "restart" || kind === "applyPending");
  if (!activates || first.plan.refusals.length > 0 || first.seen.runningJobs.length === 0) return first;
  report.step(`wait for a job that already runs on ${target.name}: ${first.seen.runningJobs.join(", ")}`);
  await target.tsm.joinRunningJobs((line) => {
    report.step(line);
  });
  return look(request, await observeServer(target, question));
}

// The owner is recorded, so that nobody else activates in between; files and keys stay what they are.
async function hold(target: Target, { seen, desired, plan }: Look, waitsFor: WaitsFor): Promise<ActivationOutcome> {
  if (ownership(desired.owner, seen.record).kind === "ours" && seen.recordIs !== "lost") {
    return { kind: "held", seen, desired, plan, waitsFor };
  }
  const record = { ...recordBefore(desired, seen, []), files: seen.record?.files ?? {} };
  await writeRecord(target, record, "leave");
  return { kind: "held", seen: { ...seen, record }, desired, plan, waitsFor };
}

async function waitForPreview({ target, report }: ActivationRequest, looked: Look): Promise<ActivationOutcome> {
  const why = looked.plan.steps.find((step) => step.kind === "record")?.restartRequired ?? [];
  report.warn(
    `${target.name} is not what it was when it was last looked at: ${why.join("; ")}. That needs a restart which no preview has told, so nothing live was changed. Run \`pulumi up\` again: its preview tells it.`,
  );
  return await hold(target, looked, "preview");
}

/** When the window opens next, or null if it is open or there is none. */
function waitsUntil({ restartWindow, report }: ActivationRequest, now: Date): Date | null {
  if (restartWindow === undefined) return null;
  const skew = Math.round((now.getTime() - wallClock().getTime()) / 1000);
  if (Math.abs(skew) > 120) {
    report.warn(
      `The initial node's clock is ${String(Math.abs(skew))} seconds ${skew > 0 ? "ahead of" : "behind"} this machine's; the restart window goes by the node's.`,
    );
  }
  return isOpen(restartWindow, now) ? null : nextOpening(restartWindow, now);
}

// A server that has nothing of ours any more needs no record.
async function finish(target: Target, outcome: ActivationOutcome): Promise<ActivationOutcome> {
  if (outcome.kind !== "done" || outcome.desired.options.claim !== "delete") return outcome;
  const [host] = target.hosts;
  const { stateDirectory, timeouts } = target;
  const answer = await perform(host, forget, { stateDirectory }, { timeoutSeconds: timeouts.command });
  checkAnswer(host.node, "remove the record", answer);
  return outcome;
}

function toOutcome({ plan, desired }: Look, result: ActivationResult): ActivationOutcome {
  if (result.kind === "done") return { kind: "done", seen: result.seen, desired, plan };
  return { kind: "failed", error: result.error, desired, seen: result.seen };
}

function refusal(desired: DesiredServer, refusals: readonly Finding[]): TableauError {
  const sentences = refusals.map(({ node, message, next }) => `${node === undefined ? "" : `[${node}] `}${message} ${next}`);
  return new TableauError("plan-refused", {
    message: `Nothing was changed on ${desired.name}: ${sentences.join("\n  ")}`,
    next: "",
  });
}
