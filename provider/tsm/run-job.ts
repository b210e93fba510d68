import { TableauError } from "../error";
import type { CallAnswer } from "./call";
import { assertAnswered } from "./failure-error";
import { followJob } from "./follow-job";
import { graceSeconds, reportProgress, type JobContext } from "./job-context";
import { joinRunningJobs } from "./join-running-jobs";
import { isSuccess, type ClientEnd, type LongJob } from "./long-job";
import { parseJobOutput } from "./parse-job-output";
import { parseProgress } from "./parse-progress";
import type { JobEnd } from "./tsm";

/**
 * Starts a job once, after those that are running, and tells how it ended. Whatever happens to the program that started it, the
 * job is found and followed, and no second one is started.
 *
 * @throws TableauError (tsm-job-timeout) if the job, or one before it, runs on; (tsm-unreachable, tsm-login-refused, tsm-not-found,
 * host-*) if the job was surely not started.
 */
export async function runJob(job: LongJob, context: JobContext): Promise<JobEnd> {
  const before = await joinRunningJobs(context);
  const started = await startJob(job, context);
  if (started.answer?.exit === 0 && isSuccess(job, started.output)) {
    return { succeeded: true, text: started.output.text };
  }
  if (started.output.said === "declined") {
    return { succeeded: false, text: started.output.text };
  }
  return followJob(job, { before, client: started }, context);
}

async function startJob(job: LongJob, context: JobContext): Promise<ClientEnd & { readonly answer: CallAnswer | undefined }> {
  const { clock, options, runner } = context;
  const lines: string[] = [];
  const begun = clock.now();
  const run = runner.run([job.call], {
    timeoutSeconds: options.requestTimeoutSeconds + graceSeconds,
    onLine: (line) => {
      lines.push(line);
      reportProgress(context, line);
    },
  });
  const answer = await run.then(([first]) => first).catch(tolerateCut);
  const text = answer === undefined ? lines.join("\n") : answer.stdout;
  const output = parseJobOutput(text);
  if (answer !== undefined && parseProgress(text).length === 0) {
    assertAnswered(answer);
  }
  const timedOut =
    clock.now() - begun >= options.requestTimeoutSeconds || /\btim(?:ed|e)[ -]?out\b/i.test(output.text.replace(/, timeout is .*/g, ""));
  const lostSight = /^(?:could not connect|.*\bexpired\b)/im.test(output.text);
  return { how: answer === undefined || timedOut || lostSight ? "cut" : "ended", output, answer };
}

/** The connection or the script's time ended while the job may be running: no error, but a job to be found. */
function tolerateCut(error: unknown): undefined {
  if (
    error instanceof TableauError &&
    (error.code === "host-timeout" || error.code === "host-connection-lost" || error.code === "host-answer-unreadable")
  ) {
    return undefined;
  }
  if (error instanceof TableauError && error.code === "tsm-answer-unreadable") {
    return undefined;
  }
  throw error;
}
