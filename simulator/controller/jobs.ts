import { EventEmitter } from "node:events";
import type { JobState } from "../cluster-state";

export type JobType = JobState["type"];

/** A job on the controller. It goes on whatever becomes of the client that asked for it. */
export class Job extends EventEmitter<{ line: [string]; end: [] }> {
  status: JobState["status"] = "Created";
  readonly lines: string[] = [];
  failure: string | undefined;
  /** Whether the job is one that `jobs cancel` may end, and was. */
  cancelled: "no" | "asked" = "no";

  constructor(
    readonly id: number,
    readonly type: JobType,
  ) {
    super();
  }

  progress(line: string): void {
    this.lines.push(line);
    this.emit("line", line);
  }

  get ended(): boolean {
    return this.status === "Succeeded" || this.status === "Failed" || this.status === "Cancelled";
  }

  /** Resolves when the job has ended. */
  async wait(): Promise<void> {
    if (!this.ended) await new Promise<void>((resolve) => this.once("end", resolve));
  }

  state(): JobState {
    return { id: this.id, type: this.type, status: this.status };
  }
}

// As tsm, which forgets the oldest: a list of thousands would slow every look at it.
const mostKept = 100;

/** Runs one job after the other. */
export class JobQueue {
  readonly jobs: Job[];
  #last: Promise<void> = Promise.resolve();
  readonly #changed: () => void;

  /** @param changed is called after each change of a job. */
  constructor(before: readonly JobState[], changed: () => void) {
    this.jobs = before.map((state) => Object.assign(new Job(state.id, state.type), { status: state.status }));
    for (const job of this.jobs) if (!job.ended) job.status = "Failed";
    this.#changed = changed;
  }

  get unfinished(): Job[] {
    return this.jobs.filter((job) => !job.ended);
  }

  /** Queues a job. `work` throws an Error with the reason where the job fails. */
  submit(type: JobType, work: (job: Job) => Promise<void>): Job {
    const job = new Job((this.jobs.at(-1)?.id ?? 0) + 1, type);
    if (this.jobs.length >= mostKept && this.jobs[0]?.ended === true) this.jobs.shift();
    job.status = this.unfinished.length === 0 ? "Created" : "Queued";
    this.jobs.push(job);
    this.#last = this.#last.then(() => this.#run(job, work));
    this.#changed();
    return job;
  }

  async idle(): Promise<void> {
    await this.#last;
  }

  async #run(job: Job, work: (job: Job) => Promise<void>): Promise<void> {
    if (job.cancelled === "no") {
      job.status = "Running";
      this.#changed();
      try {
        await work(job);
        job.status = "Succeeded";
      } catch (error) {
        job.failure = error instanceof Error ? error.message : String(error);
        job.status = "Failed";
      }
    }
    if (job.cancelled === "asked") job.status = "Cancelled";
    job.emit("end");
    this.#changed();
  }
}
