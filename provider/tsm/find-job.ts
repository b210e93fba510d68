import type { LostJob } from "./long-job";
import type { Job } from "./parse-jobs";

/** Our job in a list: by its number if tsm told it, else the newest of its kind that was not there before. */
export function findJob(lost: LostJob, jobs: readonly Job[]): Job | undefined {
  const { id } = lost.client.output;
  if (id !== undefined) {
    return jobs.find((other) => other.id === id);
  }
  const isNew = isNewer(lost);
  const kind = kindOf(lost);
  return jobs
    .filter((other) => isNew(other) && kind.test(other.type ?? lost.job.kind))
    .sort((a, b) => Number(b.id ?? Infinity) - Number(a.id ?? Infinity))[0];
}

/** The jobs of a list that were not there before ours was to be started. */
export function newJobs(lost: LostJob, jobs: readonly Job[]): readonly Job[] {
  const newest = newestBefore(lost);
  return jobs.filter((job) => Number(job.id ?? 0) > newest);
}

function isNewer(lost: LostJob): (job: Job) => boolean {
  const newest = newestBefore(lost);
  return ({ id, status }) => (id === undefined ? status === "active" : Number(id) > newest);
}

function newestBefore(lost: LostJob): number {
  return lost.before.jobs.reduce((newest, { id }) => Math.max(newest, Number(id ?? 0)), 0);
}

/** A restart could be a stop and a start of its own; where tsm complains without a sign of a start, those are another's. */
function kindOf({ job, client }: LostJob): RegExp {
  if (job.kind === "apply") {
    return /deploy|apply/i;
  }
  return client.how === "ended" && client.start === "not-seen" ? /restart/i : /start|stop/i;
}
