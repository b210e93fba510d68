import { reportRow } from "./report";
import { type Bench, usualTimeouts } from "./bench";
import { keyDifferences } from "./differences";
import { foreignKey } from "./foreign-key";
import type { FaultOperation } from "./operations";
import type { Trouble } from "./troubles";

/** What a person is told to do. */
const nextStep = /\b(pulumi up|pulumi destroy|run it again|See|Start|Free|Mount|Check|Correct|Make|Give|Add|Set|Allow|Wait|Look|Apply)\b/i;

/**
 * Lets an operation meet faults, one after the other, and puts what was found into the report; tells every failure. Each run must
 * end done or with a sentence of node, cause and next step; once the fault is over, one `up` must converge.
 */
export async function meetFaults(
  bench: Bench,
  operation: FaultOperation,
  { met, of, part }: { readonly met: readonly Trouble[]; readonly of: readonly Trouble[]; readonly part: string },
): Promise<readonly string[]> {
  const failures: string[] = [];
  const count = { failed: 0, lost: 0, halfWritten: 0, foreign: 0 };
  let done = 0;
  for (const [turn, trouble] of met.entries()) {
    const found = await meet(bench, operation, trouble, turn + 1);
    if (found.outcome === "done") done += 1;
    failures.push(...found.wrong.map((what) => `${trouble.name}: ${what}`));
    const says = (word: string): number => found.wrong.filter((what) => what.startsWith(word)).length;
    count.failed += found.wrong.length > 0 ? 1 : 0;
    count.lost += says("lost:");
    count.halfWritten += says("visible to the server:");
    count.foreign += says("somebody else's pending");
    if (found.wrong.length > 0) await mend(bench, operation, trouble, turn + 1);
  }
  const figures = {
    "went through": done,
    refused: met.length - done,
    "files lost": count.lost,
    "half written visible": count.halfWritten,
    "foreign applied or lost": count.foreign,
  };
  reportRow({ part, what: operation.name, ran: met.length, of: of.length, failed: count.failed, failures, figures });
  return failures;
}

async function meet(
  bench: Bench,
  operation: FaultOperation,
  trouble: Trouble,
  turn: number,
): Promise<{ outcome: "done" | "refused"; wrong: readonly string[] }> {
  bench.timeouts = { ...usualTimeouts, ...trouble.timeouts };
  await operation.prepare(bench, turn);
  if (operation.foreign === "pending") await bench.world.cluster.tsm(["configuration", "set", "-k", foreignKey, "-v", "7201"]);
  bench.restartProvider();
  bench.watch.begin();
  await trouble.begin(bench);
  const errors = await operation.run(bench, turn);
  const outcome = errors.length === 0 ? "done" : "refused";
  const sentences = errors.flatMap((error) => (isSentence(error, trouble, operation) ? [] : [`a poor sentence: ${error}`]));
  const atOnce = outcome === "refused" ? [] : await bench.differences(operation.loaded(turn), operation.flags(turn));
  await trouble.end(bench);
  if (outcome === "refused") await bench.retry();
  const again = outcome === "done" && operation.name === "destroy" ? [] : await operation.again(bench, turn);
  bench.watch.look();
  const state = await bench.world.cluster.state();
  const wrong = [
    ...sentences,
    ...atOnce.map((what) => `said to be done, but ${what}`),
    ...again.map((error) => `the next up failed: ${error}`),
    ...(await bench.differences(operation.loaded(turn), operation.flags(turn))),
    ...keyDifferences(await bench.now(), operation.keys?.(turn)),
    ...[...bench.watch.strangers].map((file) => `visible to the server: ${file}`),
    ...bench.lostFiles().map((file) => `lost: ${file}`),
    ...((await bench.lockIsFree()) ? [] : ["the lock is still held"]),
    ...(operation.foreign === "none" || (state.pending[foreignKey] === "7201" && state.applied[foreignKey] !== "7201")
      ? []
      : ["somebody else's pending change was applied or lost"]),
  ];
  if (wrong.length > 0) wrong.push(...errors.map((error) => `(it had said: ${error})`));
  return { outcome, wrong };
}

// The rollback has a cause of its own: the restart that fails.
function isSentence(error: string, { cause }: Trouble, { name }: FaultOperation): boolean {
  const named = /node\d|simulated/.test(error);
  return named && nextStep.test(error) && (cause.test(error) || (name === "rollback" && error.includes("failed")));
}

async function mend(bench: Bench, operation: FaultOperation, trouble: Trouble, turn: number): Promise<void> {
  await trouble.end(bench);
  await bench.world.cluster.startServer();
  await bench.stack.refresh();
  await bench.retry();
  await operation.again(bench, turn);
}
