import { differencesOf, keyDifferences } from "./differences";
import type { FaultBench } from "./fault-bench";
import { foreignKey } from "./foreign-key";
import type { FaultOperation } from "./operations";
import type { Blow } from "./point-pool";

/** An operation that was not interrupted. */
export interface Whole {
  /** The points it passes, in their order. */
  readonly labels: readonly string[];
  readonly restarts: number;
}

/** What an interruption came to. */
export interface Interrupted {
  /** What is not as it should be after one further `up`, in words. */
  readonly wrong: readonly string[];
  /** Restarts more than without the interruption. */
  readonly extra: number;
  /** Whether the point was reached again. */
  readonly struck: boolean;
}

/** Runs an operation both ways without an interruption and tells the points that it always passes. */
export async function uninterrupted(bench: FaultBench, operation: FaultOperation): Promise<Whole> {
  const there = await once(bench, operation, 0);
  const back = await once(bench, operation, 1);
  // How often tsm is asked while the server comes back differs from run to run.
  return { ...back, labels: back.labels.filter((label) => there.labels.includes(label)) };
}

async function once(bench: FaultBench, operation: FaultOperation, turn: number): Promise<Whole> {
  await operation.prepare(bench, turn);
  await lay(bench, operation);
  bench.restartProvider();
  const before = await bench.now();
  const errors = await operation.run(bench, turn);
  const labels = [...new Set(bench.pool.labels)];
  const after = operation.name === "rollback" ? await operation.again(bench, turn) : errors;
  const now = await bench.now();
  const wrong = [
    ...after,
    ...differencesOf(now, operation.loaded(turn), operation.flags(turn)),
    ...keyDifferences(now, operation.keys?.(turn)),
  ];
  if (wrong.length > 0) throw new Error(`${operation.name} does not even succeed without an interruption: ${wrong.join("\n")}`);
  return { labels, restarts: (await bench.now()).restarts - before.restarts };
}

/** Interrupts an operation at a point and lets one further `up` follow. */
export async function interrupt(
  bench: FaultBench,
  operation: FaultOperation,
  turn: number,
  { label, blow, restarts }: { readonly label: string; readonly blow: Blow; readonly restarts: number },
): Promise<Interrupted> {
  await operation.prepare(bench, turn);
  await lay(bench, operation);
  bench.restartProvider({ label, blow });
  bench.begin();
  const before = await bench.now();
  await Promise.race([operation.run(bench, turn), bench.pool.killed]);
  const { struck } = bench.pool;
  const words = bench.stack.errors;
  bench.restartProvider();
  const errors = await operation.again(bench, turn);
  const after = await bench.now();
  const extra = after.restarts - before.restarts - restarts;
  const wrong = [
    ...errors.map((error) => `the next up failed: ${error}`),
    ...differencesOf(after, operation.loaded(turn), operation.flags(turn)),
    ...keyDifferences(after, operation.keys?.(turn)),
    ...[...bench.strangers].map((file) => `visible to the server: ${file}`),
    ...bench.lostFiles().map((file) => `lost: ${file}`),
    ...(extra > 1 ? [`${String(extra)} restarts more than without the interruption`] : []),
    ...((await bench.lockIsFree()) ? [] : ["the lock is still held"]),
    ...(operation.foreign === "none" || (after.pending[foreignKey] === "7201" && after.applied[foreignKey] !== "7201")
      ? []
      : ["somebody else's pending change was applied or lost"]),
  ];
  if (wrong.length > 0) wrong.push(...words.map((error) => `(the interrupted run said: ${error})`));
  if (wrong.length > 0) await mend(bench, operation, turn);
  return { wrong, extra, struck };
}

// Somebody else's change lies pending, where the operation is one that must leave it alone.
async function lay(bench: FaultBench, { foreign }: FaultOperation): Promise<void> {
  if (foreign === "pending") await bench.tsm(["configuration", "set", "-k", foreignKey, "-v", "7201"]);
}

// After a failure the next point begins from a whole server again.
async function mend(bench: FaultBench, operation: FaultOperation, turn: number): Promise<void> {
  await bench.mend();
  await bench.stack.refresh();
  await bench.retry().catch(() => undefined);
  await operation.again(bench, turn);
}
