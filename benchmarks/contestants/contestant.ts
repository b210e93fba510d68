import type { Field } from "../field/field";
import type { Package } from "../field/packages";

/** What a contestant is told to make of a field. */
export interface Task {
  readonly how: "apply" | "check";
  /** Folder that holds exactly the packages. */
  readonly folder: string;
  readonly packages: readonly Package[];
}

/** A way to do a job on a field. */
export interface Contestant {
  readonly name: string;
  /** Does the task and gives the seconds it took. @throws Error if it failed, or if a check found a difference. */
  run(field: Field, task: Task): Promise<number>;
  /** Brings the field to where the packages are deployed and this contestant knows of it. Not timed. */
  settle(field: Field, task: Task): Promise<void>;
}
