import { Bench, type Blow, type FaultOperation, foreignKey, operations, reportRow, sampleOf } from "./support";

/** So many points of each operation and blow run in the bounded form. */
const bounded = 3;

interface Counted {
  readonly labels: readonly string[];
  readonly restarts: number;
}

describe.each(operations.map((operation) => [operation.name, operation] as const))("%s, interrupted", (_name, operation) => {
  let bench: Bench;
  let whole: Counted;
  let turn = 0;

  beforeAll(async () => {
    bench = await Bench.start();
    // Both ways once without an interruption.
    whole = await uninterrupted(bench, operation, 0);
    const back = await uninterrupted(bench, operation, 1);
    // How often tsm is asked while the server comes back differs from run to run.
    whole = { ...back, labels: back.labels.filter((label) => whole.labels.includes(label)) };
    turn = 2;
  });
  afterAll(() => bench.stop());

  test.each(["kill", "cut"] as const)(
    "by %s at any point: the next up converges, and nothing is lost",
    async (blow) => {
      const points = sampleOf(whole.labels, Number(process.env["FAULT_POINTS"] ?? bounded), turn);
      const failures: string[] = [];
      let most = 0;
      let missed = 0;
      for (const label of points) {
        turn += 1;
        const { found, extra, struck } = await interrupt(bench, operation, turn, label, blow, whole.restarts);
        most = Math.max(most, extra);
        if (!struck) missed += 1;
        failures.push(...found.map((what) => `${blow} at ${label}: ${what}`));
      }
      const figures = { "restarts more at most": most, "points not reached again": missed };
      reportRow({
        part: `interruption by ${blow}`,
        what: operation.name,
        ran: points.length,
        of: whole.labels.length,
        failed: failures.length,
        failures,
        figures,
      });
      expect(failures).toEqual([]);
      expect(missed).toBeLessThanOrEqual(Math.max(1, points.length / 10));
    },
    7_200_000,
  );
});

async function uninterrupted(bench: Bench, operation: FaultOperation, turn: number): Promise<Counted> {
  await operation.prepare(bench, turn);
  await lay(bench, operation);
  bench.restartProvider();
  const before = await bench.world.cluster.state();
  const errors = await operation.run(bench, turn);
  const labels = [...bench.pool.labels];
  const after = operation.name === "rollback" ? await operation.again(bench, turn) : errors;
  expect(after).toEqual([]);
  expect(await bench.differences(operation.loaded(turn), operation.flag(turn))).toEqual([]);
  return { labels: [...new Set(labels)], restarts: (await bench.world.cluster.state()).restarts - before.restarts };
}

async function interrupt(
  bench: Bench,
  operation: FaultOperation,
  turn: number,
  label: string,
  blow: Blow,
  restarts: number,
): Promise<{ found: readonly string[]; extra: number; struck: boolean }> {
  await operation.prepare(bench, turn);
  await lay(bench, operation);
  bench.restartProvider({ label, blow });
  bench.watch.begin();
  const before = await bench.world.cluster.state();
  await Promise.race([operation.run(bench, turn), bench.pool.killed]);
  const { struck } = bench.pool;
  const words = bench.stack.errors;
  bench.restartProvider();
  const errors = await operation.again(bench, turn);
  bench.watch.look();
  const after = await bench.world.cluster.state();
  const extra = after.restarts - before.restarts - restarts;
  const found = [
    ...errors.map((error) => `the next up failed: ${error}`),
    ...(await bench.differences(operation.loaded(turn), operation.flag(turn))),
    ...[...bench.watch.strangers].map((file) => `visible to the server: ${file}`),
    ...bench.lostFiles().map((file) => `lost: ${file}`),
    ...(extra > 1 ? [`${String(extra)} restarts more than without the interruption`] : []),
    ...((await bench.lockIsFree()) ? [] : ["the lock is still held"]),
    ...(operation.foreign === "none" || (after.pending[foreignKey] === "7201" && after.applied[foreignKey] !== "7201")
      ? []
      : ["somebody else's pending change was applied or lost"]),
  ];
  if (found.length > 0) found.push(...words.map((error) => `(the interrupted run said: ${error})`));
  if (found.length > 0) await mend(bench, operation, turn);
  return { found, extra, struck };
}

// Somebody else's change lies pending, where the operation is one that must leave it alone.
async function lay(bench: Bench, { foreign }: FaultOperation): Promise<void> {
  if (foreign === "pending") await bench.world.cluster.tsm(["configuration", "set", "-k", foreignKey, "-v", "7201"]);
}

// After a failure the next point begins from a whole server again.
async function mend(bench: Bench, operation: FaultOperation, turn: number): Promise<void> {
  await bench.world.cluster.clearFaults();
  await bench.world.cluster.startServer();
  await bench.stack.refresh();
  await bench.retry();
  await operation.again(bench, turn);
}
