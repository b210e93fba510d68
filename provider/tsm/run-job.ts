import { TableauError, type ErrorCode } from "../error";
import { assertAnswered } from "./failure-error";
import { findJob } from "./find-job";
import { followJob } from "./follow-job";
import { graceSeconds, listedJobs, reportProgress, type JobContext } from "./job-context";
import { joinRunningJobs } from "./join-running-jobs";
import { isSuccess, saysTimedOut, type ClientEnd, type LongJob, type LostJob } from "./long-job";
import { parseJobOutput } from "./parse-job-output";
import { parseProgress } from "./parse-progress";
import { readFailure } from "./read-failure";
import { toleratePolling } from "./tolerate-polling";
import type { JobEnd } from "./tsm";

/**
 * Starts a job once, after those that are running, and tells how it ended. Whatever happens to the program that started it, the
 * job is found and followed, and no second one is started.
 *
 * @throws TableauError (tsm-job-timeout) if the job, or one before it, runs on; (tsm-unreachable, tsm-login-refused, tsm-not-found,
 * host-*) if the job was surely not started.
 */
export async function runJob(job: LongJob, context: JobContext): Promise<JobEnd> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await joinRunningJobs(context);
    const client = await startJob(job, context);
    if (client.answer?.exit === 0 && isSuccess(job, client.output)) {
      return { succeeded: true, text: client.output.text };
    }
    if (client.output.said === "declined") {
      return { succeeded: false, text: client.output.text };
    }
    const lost: LostJob = { job, before, client };
    await assertStarted(lost, context);
    const end = await followJob(lost, context);
    if (end !== "other-job-in-the-way") {
      return end;
    }
    if (attempt === attempts) {
      return { succeeded: false, text: client.output.text };
    }
  }
}

/** Where tsm refuses to queue a job behind one that began after our look, it is asked again after that one. */
const attempts = 3;

/** Where tsm was refused before any sign of a start, the list of jobs decides whether there is one to follow. */
async function assertStarted(lost: LostJob, context: JobContext): Promise<void> {
  const { answer, start } = lost.client;
  if (answer === undefined || start === "seen" || readFailure(answer) === undefined) {
    return;
  }
  const listed = await listedJobs(context).catch(toleratePolling);
  if (listed === undefined || findJob(lost, listed.jobs.jobs) === undefined) {
    assertAnswered(answer);
  }
}

async function startJob(job: LongJob, context: JobContext): Promise<ClientEnd> {
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
  const seconds = clock.now() - begun;
  const text = answer === undefined ? lines.join("\n") : answer.stdout;
  const output = parseJobOutput(text);
  const start = output.id !== undefined || parseProgress(text).length > 0 ? "seen" : "not-seen";
  const gaveUp = seconds >= options.requestTimeoutSeconds || saysTimedOut(output.text);
  const isCut = answer === undefined || gaveUp || readFailure(answer) !== undefined;
  return { how: isCut ? "cut" : "ended", start, output, answer };
}

/** The connection or the script's time ended while the job may be running: no error, but a job to be found. */
function tolerateCut(error: unknown): undefined {
  if (error instanceof TableauError && cuts.has(error.code)) {
    return undefined;
  }
  throw error;
}

const cuts: ReadonlySet<ErrorCode> = new Set(["host-timeout", "host-connection-lost", "host-answer-unreadable", "tsm-answer-unreadable"]);
