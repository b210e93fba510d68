import { TableauError } from "../vocabulary/error";
import type { CallAnswer } from "./call";
import { findJob, newJobs } from "./find-job";
import { ignoreTransientPollError, listedJobs, reconnect, type JobContext } from "./job-context";
import { jobTimeout } from "./join-running-jobs";
import { isSuccess, saysTimedOut, type LostJob } from "./long-job";
import { parseJobOutput, type JobOutput } from "./parse-job-output";
import type { Job, Jobs } from "./parse-jobs";
import type { JobEnd } from "./tsm";

/**
 * Finds a job that was started and tells how it ended, waiting for it no longer than one request timeout.
 *
 * Where the list of jobs cannot be read, a job whose program was cut off counts as running until `jobs reconnect` shows its end:
 * to take it for failed would undo a change under a job that is applying it. Where the program ended by itself, so did the job.
 *
 * @throws TableauError (tsm-job-timeout, host-*)
 */
export async function followJob(lost: LostJob, context: JobContext): Promise<JobEnd | "other-job-in-the-way"> {
  const { clock, options, runner } = context;
  const deadline = clock.now() + options.requestTimeoutSeconds;
  let seen: Seen = { output: lost.client.output, reconnect: "not-tried" };
  for (let pause = 1; ; pause = Math.min(pause * 2, 30)) {
    const jobs = (await listedJobs(context).catch(ignoreTransientPollError))?.jobs ?? unreadable;
    const end = jobs.readable ? endByList(lost, jobs, seen) : endUnlisted(lost, seen);
    if (end === "other-job-in-the-way") {
      return end;
    }
    if (end === "unknown") {
      throw lostSight(runner.node, lost);
    }
    if (end !== "open") {
      return { succeeded: end === "succeeded", text: seen.output.text };
    }
    const remaining = deadline - clock.now();
    if (remaining <= 0) {
      throw jobTimeout(runner.node, lost.job.call.name, options.requestTimeoutSeconds);
    }
    seen = await lookAtJob(lost, { jobs, seen, remaining }, context);
    if (seen.reconnect === "ended" && isSuccess(lost.job, seen.output)) {
      return { succeeded: true, text: seen.output.text };
    }
    await clock.sleep(Math.min(pause, Math.max(0, deadline - clock.now())));
  }
}

/** What was last printed of our job, and what `jobs reconnect` came to. */
interface Seen {
  readonly output: JobOutput;
  readonly reconnect: "not-tried" | "ended" | "failed" | "refused" | "running";
}

type End = "succeeded" | "failed" | "other-job-in-the-way" | "unknown" | "open";

const unreadable: Jobs = { jobs: [], readable: false };

async function lookAtJob(
  lost: LostJob,
  { jobs, seen, remaining }: { readonly jobs: Jobs; readonly seen: Seen; readonly remaining: number },
  context: JobContext,
): Promise<Seen> {
  const ours = findJob(lost, jobs.jobs);
  const id = lost.client.output.id ?? ours?.id;
  const answer = await reconnect(context, id ?? activeOf(jobs)?.id, remaining).catch(ignoreTransientPollError);
  if (answer?.exit === 0 && id === undefined && !jobs.readable) {
    throw lostSight(context.runner.node, lost);
  }
  const isOurs = id !== undefined || ours !== undefined;
  return isOurs ? { output: outputOf(answer) ?? seen.output, reconnect: outcomeOf(answer) } : seen;
}

function outputOf(answer: CallAnswer | undefined): JobOutput | undefined {
  return answer?.exit === 0 ? parseJobOutput(answer.stdout) : undefined;
}

function outcomeOf(answer: CallAnswer | undefined): Seen["reconnect"] {
  if (answer === undefined || saysTimedOut(answer.stdout)) {
    return "running";
  }
  if (answer.exit === 0) {
    return "ended";
  }
  return parseJobOutput(answer.stdout).said === "complained" ? "failed" : "refused";
}

function activeOf(jobs: Jobs): Job | undefined {
  return jobs.jobs.find((job) => job.status === "active");
}

function endByList(lost: LostJob, jobs: Jobs, seen: Seen): End {
  const ours = findJob(lost, jobs.jobs);
  if (ours !== undefined && ours.status !== "active") {
    return ours.status === "succeeded" ? "succeeded" : "failed";
  }
  if (activeOf(jobs) !== undefined) {
    return "open";
  }
  const { client } = lost;
  if (seen.output.said === "deployed") {
    return "succeeded";
  }
  // A list may leave out what has ended: a job that we know by number is asked for once.
  if (client.how === "cut" && client.output.id !== undefined && seen.reconnect === "not-tried") {
    return "open";
  }
  const refused = client.how === "ended" && client.start === "not-seen" && client.output.said === "complained";
  return refused && newJobs(lost, jobs.jobs).length > 0 ? "other-job-in-the-way" : "failed";
}

function endUnlisted({ client }: LostJob, seen: Seen): End {
  if (client.how === "cut" || seen.reconnect === "running") {
    return "open";
  }
  // A program that failed without a word could have given up waiting: its job is asked for once.
  if (client.answer?.exit === 0 || client.output.said !== "nothing" || seen.reconnect === "ended" || seen.reconnect === "failed") {
    return "failed";
  }
  return client.output.id !== undefined && seen.reconnect === "not-tried" ? "open" : "unknown";
}

/** The newest job has ended, and nothing tells whether it is ours or one of long ago. */
function lostSight(node: string, { job }: LostJob): TableauError {
  return new TableauError("tsm-job-timeout", {
    node,
    message: `Sight of the job of \`${job.call.name}\` was lost when it began, and \`tsm jobs list\` cannot be read, so it is not known how it ended.`,
    next: "Look with `tsm jobs list` and `tsm status -v` on the initial node, then run `pulumi up` again; no second job was started.",
  });
}
