import { join } from "node:path";
import type { Contestant, Task } from "../contestants/contestant";
import { forget } from "../contestants/ours";
import type { Counts, Field } from "../field/field";
import { writePackages } from "../field/packages";
import type { JobOptions, Row } from "./job";

export interface Race {
  readonly case: string;
  readonly kind: "first deployment" | "drift check" | "one changed";
  readonly contestants: readonly Contestant[];
  readonly roundTripMilliseconds: number;
}

/** Every contestant does the same, in turn, as often as there are runs; each run is verified on the nodes. */
export async function race(
  field: Field,
  { case: ofCase, kind, contestants, roundTripMilliseconds }: Race,
  options: JobOptions,
): Promise<Row[]> {
  const { before, after } = tasks(field);
  const taken = new Map<string, { values: number[]; counts: Counts | undefined }>();
  for (let run = 1; run <= options.runs; run += 1) {
    for (const contestant of contestants) {
      field.roundTrip(0);
      await prepare(field, kind, contestant, before);
      field.roundTrip(roundTripMilliseconds);
      const countsBefore = await field.counts();
      const task: Task = kind === "one changed" ? after : kind === "drift check" ? { ...before, how: "check" } : before;
      const seconds = await contestant.run(field, task);
      const counts = difference(countsBefore, await field.counts());
      await field.verify(task.packages);
      const row = taken.get(contestant.name) ?? { values: [], counts };
      row.values.push(seconds);
      row.counts = counts;
      taken.set(contestant.name, row);
      options.say(`${ofCase}, run ${run} of ${options.runs}: ${contestant.name} ${seconds.toFixed(2)} s`);
    }
  }
  return [...taken].map(([contestant, { values, counts }]) => {
    return { case: ofCase, contestant, unit: "s" as const, values, ...(counts === undefined ? {} : { counts }) };
  });
}

async function prepare(field: Field, kind: Race["kind"], contestant: Contestant, before: Task): Promise<void> {
  await field.wipe();
  forget(field);
  if (kind !== "first deployment") await contestant.settle(field, before);
}

function tasks(field: Field): { readonly before: Task; readonly after: Task } {
  const task = (name: string, version: string): Task => {
    const folder = join(field.folder, name);
    return { how: "apply", folder, packages: writePackages(folder, 5, version) };
  };
  return { before: task("before", "1.0.0"), after: task("after", "2.0.0") };
}

function difference(before: Counts, after: Counts): Counts {
  const names = Object.keys(before) as (keyof Counts)[];
  return Object.fromEntries(names.map((name) => [name, after[name] - before[name]])) as unknown as Counts;
}
