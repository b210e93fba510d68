import type { Job } from "./parse-jobs";
import type { RunningJob } from "./tsm";

/** The jobs that are created, queued or running. */
export function toRunningJobs(jobs: readonly Job[]): readonly RunningJob[] {
  return jobs
    .filter((job) => job.status === "active")
    .map((job) => ({ ...(job.id === undefined ? {} : { id: job.id }), description: `${job.type ?? "job"} ${job.word}` }));
}
