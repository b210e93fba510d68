import type { ChildProcess } from "node:child_process";
import { StackImitation, type Operation, type Program } from "../scenarios/support";
import { Bench, extent, type FaultOperation, foreseen, operations, reportRow, sampleOf } from "./support";
import { keyDifferences } from "./support/differences";
import { runProvider } from "./support/provider-job";

/** So many points of each operation run in the bounded form; in the whole form each fourth. */
const bounded = 1;

// The same as in interruption.test.ts, with a provider that is a process and a SIGKILL: it takes longer, so fewer points.
describe.each(operations.map((operation, position) => [operation.name, operation, position] as const))(
  "%s, by a process that is killed",
  (_name, operation, position) => {
    let bench: Bench;
    beforeAll(async () => (bench = await Bench.start()));
    afterAll(() => bench.stop());

    test("the next up converges, and nothing is lost", async () => {
      const { labels: all } = await foreseen(bench, operation);
      const points = extent === "whole" ? all.filter((_label, i) => i % 4 === 0) : sampleOf(all, bounded, position);
      const failures: string[] = [];
      let killed = 0;
      for (const [i, label] of points.entries()) {
        const { signal, wrong } = await killAt(bench, operation, i + 2, label);
        if (signal === "SIGKILL") killed += 1;
        failures.push(...wrong.map((what) => `SIGKILL at ${label}: ${what}`));
      }
      const figures = { killed };
      reportRow({
        part: "provider process by SIGKILL",
        what: operation.name,
        ran: points.length,
        of: all.length,
        failed: failures.length,
        failures,
        figures,
      });
      expect(failures).toEqual([]);
      // Which point comes how often depends on what tsm is asked while the server comes back.
      expect(killed).toBeGreaterThanOrEqual(Math.floor(0.9 * points.length));
      expect(killed).toBeGreaterThan(0);
    }, 7_200_000);
  },
);

async function killAt(
  bench: Bench,
  operation: FaultOperation,
  turn: number,
  label: string,
): Promise<{ signal: string | null; wrong: readonly string[] }> {
  await operation.prepare(bench, turn);
  bench.restartProvider();
  bench.watch.begin();
  const process = new ProcessStack(bench, label);
  bench.stack = process;
  await operation.run(bench, turn);
  bench.restartProvider();
  const errors = await operation.again(bench, turn);
  const wrong = [
    ...errors.map((error) => `the next up failed: ${error}`),
    ...(await bench.differences(operation.loaded(turn), operation.flags(turn))),
    ...keyDifferences(await bench.now(), operation.keys?.(turn)),
    ...[...bench.watch.strangers].map((file) => `visible to the server: ${file}`),
    ...bench.lostFiles().map((file) => `lost: ${file}`),
    ...((await bench.lockIsFree()) ? [] : ["the lock is still held"]),
  ];
  return { signal: process.signal, wrong };
}

/** A stack whose provider runs in a process that is killed at a point. */
class ProcessStack extends StackImitation {
  signal: string | null = null;
  readonly #bench: Bench;
  readonly #label: string;

  constructor(bench: Bench, label: string) {
    super("dev", bench.services());
    for (const [urn, state] of bench.stack.resources) this.resources.set(urn, state);
    this.#bench = bench;
    this.#label = label;
  }

  override async up(program: Program): Promise<Operation> {
    return await this.#run([program]);
  }

  override async destroy(): Promise<Operation> {
    return await this.#run([]);
  }

  async #run(programs: readonly Program[]): Promise<Operation> {
    const { world } = this.#bench;
    // A call of tsm is seen by the cluster, which is here: the process is killed from here then.
    const calls = new Map<string, number>();
    let child: ChildProcess | undefined;
    const forget = world.cluster.onCall(({ node, argv }) => {
      const name = `${node} tsm ${argv.slice(0, argv.findIndex((word) => word.startsWith("-")) >>> 0).join(" ")}`;
      const count = (calls.get(name) ?? 0) + 1;
      calls.set(name, count);
      if (this.#label === (count === 1 ? name : `${name} (${String(count)}.)`)) child?.kill("SIGKILL");
    });
    const job = { stack: "dev", programs, killAt: this.#label, resources: [...this.resources], folder: world.folder };
    const { errors, signal, resources } = await runProvider(job, (started) => (child = started));
    forget();
    this.signal = signal;
    this.resources.clear();
    for (const [urn, state] of resources) this.resources.set(urn, state);
    return { steps: {}, errors: errors ?? ["killed"] };
  }
}
