import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { ansible, mitogen } from "../contestants/ansible";
import type { Contestant, Task } from "../contestants/contestant";
import { forget, ours } from "../contestants/ours";
import { installPeers } from "../contestants/peers";
import { pyinfra } from "../contestants/pyinfra";
import { shell } from "../contestants/shell";
import { Field } from "../field/field";
import { writePackages } from "../field/packages";
import type { Goal, Job, Row } from "./job";

const contestants: readonly Contestant[] = [ours, shell, pyinfra, mitogen, ansible];

/** First deployment, again, one changed, a file tampered with on the last node and repaired: three restarts are needed. */
const needed = 3;

/** How often users are thrown out. Counted once: it is the same in every run. */
export const restarts: Job = {
  name: "restarts",
  title: "Restarts of Tableau Server: first deployment, again, one connector changed, a file of the last node tampered with and repaired.",
  async run({ say }) {
    await installPeers();
    const field = await Field.start(3);
    const rows: Row[] = [];
    try {
      for (const contestant of contestants) {
        const { count, note } = await sequence(field, contestant);
        say(`${contestant.name}: ${count} restarts${note === "" ? "" : `, ${note}`}`);
        const row = { case: "restarts over the sequence", contestant: contestant.name, unit: "count" as const, values: [count] };
        rows.push(note === "" ? row : { ...row, note });
      }
    } finally {
      await field.stop();
    }
    const [count] = rows.find(({ contestant }) => contestant === ours.name)?.values ?? [];
    const goal: Goal = { goal: `restarts over the sequence: ${needed}`, figure: String(count), met: count === needed };
    return { rows, goals: [goal] };
  },
};

async function sequence(field: Field, contestant: Contestant): Promise<{ count: number; note: string }> {
  const task = (name: string, version: string): Task => {
    const folder = join(field.folder, name);
    return { how: "apply", folder, packages: writePackages(folder, 5, version) };
  };
  const [before, after] = [task("before", "1.0.0"), task("after", "2.0.0")];
  await field.wipe();
  forget(field);
  const start = (await field.counts()).restarts;
  for (const step of [before, before, after]) await contestant.run(field, step);
  const last = field.cluster.nodes.at(-1)?.name ?? "";
  appendFileSync(field.cluster.nodePath(last, `${field.cluster.paths.connectors}/${after.packages[0]?.fileName ?? ""}`), "tampered");
  if (contestant === ours) await contestant.run(field, { ...after, how: "check" }).catch(() => undefined);
  await contestant.run(field, after);
  const wrong = await field.verify(after.packages).then(
    () => "",
    (error: unknown) => `ends wrong: ${error instanceof Error ? error.message : String(error)}`,
  );
  return { count: (await field.counts()).restarts - start, note: wrong };
}
