import type { Call } from "./call";
import type { JobOutput } from "./parse-job-output";

/** A long job: the call that starts it, and whether tsm confirms its success in words. */
export interface LongJob {
  readonly kind: "apply" | "restart";
  readonly call: Call;
}

/** How the program that started a job ended: by itself, or before the job, which then runs on. */
export interface ClientEnd {
  readonly how: "ended" | "cut";
  readonly output: JobOutput;
}

/** `apply` exits 0 even where it did nothing, so only its sentence counts; `restart` has no sentence that is documented. */
export function isSuccess(job: LongJob, output: JobOutput): boolean {
  return output.said === "deployed" || (job.kind === "restart" && output.said === "nothing");
}
