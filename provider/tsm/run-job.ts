import { isCut } from "../vocabulary/error-kind";
import type { Call, CallAnswer } from "./call";
import { listJobsFirst } from "./command";
import { assertAnswered } from "./failure-error";
import { findJob } from "./find-job";
import { followJob } from "./follow-job";
import { ignoreTransientPollError, graceSeconds, listedJobs, reportProgress, type JobContext } from "./job-context";
import { joinRunningJobs } from "./join-running-jobs";
import { isSuccess, saysTimedOut, type ClientEnd, type LongJob, type LostJob } from "./long-job";
import { parseJobOutput } from "./parse-job-output";
import { parseJobs, type Jobs } from "./parse-jobs";
import { parseProgress } from "./parse-progress";
import { readFailure } from "./read-failure";
import type { JobEnd } from "./tsm";

/**
 * Starts a job once, after those that are running, and tells how it ended. Whatever happens to the program that started it, the
 * job is found and followed, and no second one is started.
 *
 * @throws TableauError (tsm-job-timeout) if the job, or one before it, runs on; (tsm-unreachable, tsm-login-refused, tsm-not-found,
 * host-*) if the job was surely not started, or nothing shows that it was.
 */
export async function runJob(job: LongJob, context: JobContext): Promise<JobEnd> {
  for (let attempt = 1; ; attempt += 1) {
    const { lost, cut } = await startAfterOthers(job, context, attempt);
    const { client } = lost;
    if (client.answer?.exit === 0 && isSuccess(job, client.output)) {
      return { succeeded: true, text: client.output.text };
    }
    if (client.output.said === "declined") {
      return { succeeded: false, text: client.output.text };
    }
    await assertStarted(lost, cut, context);
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

interface Begun {
  readonly lost: LostJob;
  /** The connection was lost before it was seen whether the script goes on from its list to the job. */
  readonly cut: Error | undefined;
}

/**
 * One script lists the jobs and starts ours, if none runs for sure; else those that run are waited for first. Only after a look:
 * should the connection be lost before the list has come, its list tells our job from earlier ones.
 */
async function startAfterOthers(job: LongJob, context: JobContext, attempt: number): Promise<Begun> {
  const { looked } = context;
  if (looked === undefined || attempt > 1) {
    return await startAfter(await joinRunningJobs(context), job, context);
  }
  const { list, stopped, client, error } = await startJob(job, [listJobsFirst()], context);
  if (stopped === "busy") {
    return await startAfter(await joinRunningJobs(context, list), job, context);
  }
  const before = list === undefined ? looked : parseJobs(list);
  return { lost: { job, before, client }, cut: list === undefined ? error : undefined };
}

async function startAfter(before: Jobs, job: LongJob, context: JobContext): Promise<Begun> {
  const { client } = await startJob(job, [], context);
  return { lost: { job, before, client }, cut: undefined };
}

/** Where nothing shows that the job was started, and its start was refused or not seen, the list of jobs decides whether there is one to follow. */
async function assertStarted(lost: LostJob, cut: Error | undefined, context: JobContext): Promise<void> {
  const { answer, start } = lost.client;
  const refused = answer !== undefined && start === "not-seen" && readFailure(answer) !== undefined;
  if (!refused && cut === undefined) {
    return;
  }
  const listed = await listedJobs(context).catch(ignoreTransientPollError);
  if (listed !== undefined && findJob(lost, listed.jobs.jobs) !== undefined) {
    return;
  }
  if (answer !== undefined) {
    assertAnswered(answer);
  }
  if (cut !== undefined && listed?.jobs.readable === true) {
    throw cut;
  }
}

interface Start {
  /** What the call before the job printed, if that was seen. */
  readonly list: CallAnswer | undefined;
  /** "busy": the job was not started, since the list does not surely show that none runs. */
  readonly stopped: "busy" | "no";
  readonly client: ClientEnd;
  readonly error: Error | undefined;
}

async function startJob(job: LongJob, first: readonly Call[], context: JobContext): Promise<Start> {
  const { clock, options, runner } = context;
  const lines: string[] = [];
  let list: CallAnswer | undefined;
  let stopped: Start["stopped"] = "no";
  let error: Error | undefined;
  const begun = clock.now();
  const run = runner.run([...first, job.call], {
    timeoutSeconds: options.requestTimeoutSeconds + graceSeconds + first.length * options.commandTimeoutSeconds,
    onLine: (line) => {
      lines.push(line);
      reportProgress(context, line);
    },
    // A list that was refused for want of a login is asked for again.
    onAnswer: (answer) => {
      if (first.includes(answer.call)) {
        [list, stopped] = [answer, "no"];
      }
    },
    onBusy: () => {
      stopped = "busy";
    },
  });
  const answers = await run.catch((reason: unknown) => {
    error = tolerateCut(reason);
    return [];
  });
  const answer = answers[first.length];
  const seconds = clock.now() - begun;
  const text = answer === undefined ? lines.join("\n") : answer.stdout;
  const output = parseJobOutput(text);
  const start = output.id !== undefined || parseProgress(text).length > 0 ? "seen" : "not-seen";
  const gaveUp = seconds >= options.requestTimeoutSeconds || saysTimedOut(output.text);
  const unfinished = answer === undefined || gaveUp || readFailure(answer) !== undefined;
  return { list, stopped, error, client: { how: unfinished ? "cut" : "ended", start, output, answer } };
}

/** The connection or the script's time ended while the job may be running: no error, but a job to be found. */
function tolerateCut(error: unknown): Error {
  if (isCut(error)) return error;
  throw error;
}
