import type { Call, CallAnswer } from "./call";
import type { JobOutput } from "./parse-job-output";
import type { Jobs } from "./parse-jobs";

/** A long job: the call that starts it, and whether tsm confirms its success in words. */
export interface LongJob {
  readonly kind: "apply" | "restart";
  readonly call: Call;
}

/** How the program that started a job ended. */
export interface ClientEnd {
  /** By itself, or before the job, which may run on. */
  readonly how: "ended" | "cut";
  /** What it printed and its exit status, if its end was seen. */
  readonly answer: CallAnswer | undefined;
  /** Whether it showed that the job was started. */
  readonly start: "seen" | "not-seen";
  readonly output: JobOutput;
}

/** What is known of a job whose end was not seen. */
export interface LostJob {
  readonly job: LongJob;
  /** The jobs before it was started. */
  readonly before: Jobs;
  readonly client: ClientEnd;
}

/** `apply` exits 0 even where it did nothing, so only its sentence counts; `restart` has no sentence that is documented. */
export function isSuccess(job: LongJob, output: JobOutput): boolean {
  return output.said === "deployed" || (job.kind === "restart" && output.said === "nothing");
}

/** Whether tsm says that it gave up waiting; the line that tells a job's number speaks of its timeout too. */
export function saysTimedOut(text: string): boolean {
  return /\btim(?:ed|e)[ -]?out/i.test(text.replace(/, timeout is .*/g, ""));
}
