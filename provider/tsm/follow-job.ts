import { TableauError } from "../error";
import { listedJobs, reconnect, type JobContext } from "./job-context";
import { jobTimeout } from "./join-running-jobs";
import { parseJobOutput, type JobOutput } from "./parse-job-output";
import type { Job, Jobs } from "./parse-jobs";
import { isSuccess, type ClientEnd, type LongJob } from "./long-job";
import { toleratePolling } from "./tolerate-polling";
import type { JobEnd } from "./tsm";

/** What is known of a job whose end was not seen. */
export interface LostJob {
  /** The jobs before it was started. */
  readonly before: Jobs;
  readonly client: ClientEnd;
}

/**
 * Finds a job that was started and tells how it ended, waiting for it no longer than one request timeout.
 *
 * Where the list of jobs cannot be read, a job whose program was cut off counts as running until `jobs reconnect` shows its end:
 * to take it for failed would undo a change under a job that is applying it. Where the program ended by itself, so did the job.
 *
 * @throws TableauError (tsm-job-timeout, host-*)
 */
export async function followJob(job: LongJob, lost: LostJob, context: JobContext): Promise<JobEnd> {
  const { clock, options, runner } = context;
  const deadline = clock.now() + options.requestTimeoutSeconds;
  let seen: JobOutput = lost.client.output;
  for (let pause = 1; ; pause = Math.min(pause * 2, 30)) {
    const listed = await listedJobs(context).catch(toleratePolling);
    const end = listed?.jobs.readable === true ? endByList(job, lost, listed.jobs, seen) : endUnlisted(lost);
    if (end !== undefined) {
      return { succeeded: end === "succeeded", text: seen.text };
    }
    const remaining = deadline - clock.now();
    if (remaining <= 0) {
      throw jobTimeout(runner.node, job.call.name, options.requestTimeoutSeconds);
    }
    const active = listed?.jobs.jobs.find((other) => other.status === "active");
    const answer = await reconnect(context, lost.client.output.id ?? active?.id, remaining).catch(toleratePolling);
    if (answer?.exit === 0 && isOurs(job, lost, active)) {
      seen = parseJobOutput(answer.stdout);
      if (isSuccess(job, seen)) {
        return { succeeded: true, text: seen.text };
      }
    } else if (answer?.exit === 0 && listed?.jobs.readable !== true) {
      throw lostSight(runner.node, job);
    }
    await clock.sleep(Math.min(pause, Math.max(0, deadline - clock.now())));
  }
}

/** The end that a list of jobs tells; undefined while one runs. */
function endByList(job: LongJob, lost: LostJob, jobs: Jobs, seen: JobOutput): "succeeded" | "failed" | undefined {
  const ours = findOurs(job, lost, jobs.jobs);
  if (ours?.status === "active" || (ours === undefined && jobs.jobs.some((other) => other.status === "active"))) {
    return undefined;
  }
  if (ours !== undefined) {
    return ours.status === "succeeded" ? "succeeded" : "failed";
  }
  return seen.said === "deployed" ? "succeeded" : "failed";
}

function endUnlisted(lost: LostJob): "failed" | undefined {
  return lost.client.how === "ended" ? "failed" : undefined;
}

/** By its number if the program told it, else the newest of its kind that was not there before. */
function findOurs(job: LongJob, lost: LostJob, jobs: readonly Job[]): Job | undefined {
  const { id } = lost.client.output;
  if (id !== undefined) {
    return jobs.find((other) => other.id === id);
  }
  const newest = highestId(lost.before.jobs);
  return jobs
    .filter((other) => other.id !== undefined && Number(other.id) > newest && kinds[job.kind].test(other.type ?? job.kind))
    .sort((a, b) => Number(b.id) - Number(a.id))[0];
}

const kinds = { apply: /deploy|apply/i, restart: /start|stop/i };

function highestId(jobs: readonly Job[]): number {
  return Math.max(0, ...jobs.map((job) => Number(job.id ?? 0)));
}

/** Whether a reconnect showed our job: it went by its number, or to one of its kind that was not there before. */
function isOurs(job: LongJob, lost: LostJob, active: Job | undefined): boolean {
  if (lost.client.output.id !== undefined) {
    return true;
  }
  return (
    active !== undefined && kinds[job.kind].test(active.type ?? job.kind) && Number(active.id ?? Infinity) > highestId(lost.before.jobs)
  );
}

/** The newest job has ended, and nothing tells whether it is ours or one of long ago. */
function lostSight(node: string, job: LongJob): TableauError {
  return new TableauError("tsm-job-timeout", {
    node,
    message: `The connection was lost when \`${job.call.name}\` began, and \`tsm jobs list\` cannot be read, so it is not known how it ended.`,
    next: "Look with `tsm jobs list` and `tsm status -v` on the initial node, then run `pulumi up` again; no second job was started.",
  });
}
