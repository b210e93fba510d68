import type { Counts } from "../field/field";

/** One line of a result: what one contestant took for one thing, over all runs. */
export interface Row {
  /** What was done, such as "drift check, 10 nodes, 20 ms". Rows of one case are compared with each other. */
  readonly case: string;
  readonly contestant: string;
  readonly unit: "s" | "ms" | "MB" | "count";
  /** One for each run. */
  readonly values: readonly number[];
  /** Of the last run. */
  readonly counts?: Partial<Counts>;
  readonly note?: string;
}

/** A promise about figures, and whether they keep it. */
export interface Goal {
  readonly goal: string;
  readonly figure: string;
  readonly met: boolean;
}

export interface JobResult {
  readonly rows: readonly Row[];
  readonly goals: readonly Goal[];
}

export interface JobOptions {
  readonly runs: number;
  /** Tells how far it is. */
  readonly say: (line: string) => void;
}

/** A benchmark. `npm run bench -- NAME` runs one. */
export interface Job {
  readonly name: string;
  /** One sentence. */
  readonly title: string;
  run(options: JobOptions): Promise<JobResult>;
}
