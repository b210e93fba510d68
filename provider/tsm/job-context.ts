import { isOutOfSight } from "../vocabulary/error-kind";
import type { CallAnswer } from "./call";
import type { Clock } from "./clock";
import { listJobs, reconnectJob } from "./command";
import { parseJobs, type Jobs } from "./parse-jobs";
import { parseProgress } from "./parse-progress";
import type { Runner } from "./runner";
import type { OnProgress, TsmOptions } from "./tsm";

/** What starting, following and joining jobs need. */
export interface JobContext {
  readonly runner: Runner;
  readonly options: TsmOptions;
  readonly clock: Clock;
  readonly onProgress: OnProgress;
  /** The list of the last look; absent: there was none. */
  readonly looked?: Jobs;
}

/** tsm's own time runs first; so many seconds more are given to its start and its end. */
export const graceSeconds = 60;

/** `tsm jobs list`, with the answer itself for errors. */
export async function listedJobs(context: JobContext): Promise<{ readonly jobs: Jobs; readonly answer: CallAnswer | undefined }> {
  const [answer] = await context.runner.run([listJobs()], { timeoutSeconds: context.options.commandTimeoutSeconds });
  return { answer, jobs: answer === undefined ? { jobs: [], readable: false } : parseJobs(answer) };
}

/** `tsm jobs reconnect`: shows a job's progress until it ends, or for so many seconds. */
export async function reconnect(context: JobContext, id: string | undefined, seconds: number): Promise<CallAnswer | undefined> {
  const requestTimeout = Math.max(1, Math.ceil(seconds));
  const [answer] = await context.runner.run([reconnectJob(id, requestTimeout)], {
    timeoutSeconds: requestTimeout + graceSeconds,
    onLine: (line) => {
      reportProgress(context, line);
    },
  });
  return answer;
}

export function reportProgress(context: JobContext, line: string): void {
  parseProgress(line).forEach(context.onProgress);
}

/**
 * Takes an error of one look at a running job for "not seen this time": the job runs on the controller, whatever becomes of its viewers, and the
 * next look may succeed. Any other error is thrown again.
 */
export function ignoreTransientPollError(error: unknown): undefined {
  if (isOutOfSight(error)) return undefined;
  throw error;
}
