import fc from "fast-check";
import { byExtent, Model, reportRow, sequence } from "./support";
import { MemoryBench, MemoryPackages } from "./support/memory/memory-bench";

// A job of the cluster in memory takes no time: neither do the pauses between two looks at it.
jest.mock("../../provider/tsm/clock", () => ({
  systemClock: {
    now: () => performance.now() / 2,
    sleep: (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 2)),
  },
}));

const sequences = byExtent({ bounded: 10, whole: 1000 });

describe("any sequence of operations and mishaps on a cluster in memory", () => {
  const packages = new MemoryPackages();
  afterAll(() => packages.remove());

  test("ends where the model ends: the wanted set, at most one restart, nothing lost", async () => {
    let [operations, mishaps] = [0, 0];
    await fc.assert(
      fc.asyncProperty(sequence, async (acts) => {
        const bench = await MemoryBench.start(packages);
        const model = new Model(bench);
        for (const act of acts) expect({ act, wrong: await model.perform(act) }).toEqual({ act, wrong: [] });
        await bench.stop();
        operations += model.counts.operations;
        mishaps += model.counts.mishaps;
      }),
      { numRuns: sequences, ...byExtent<{ seed?: number }>({ bounded: { seed: 20241211 }, whole: {} }) },
    );
    const figures = { operations, "with a mishap": mishaps };
    reportRow({ part: "sequences of ten, a model", what: "on a cluster in memory", ran: sequences, of: 1000, failed: 0, figures });
  }, 7_200_000);
});
