import fc from "fast-check";
import { Bench, byExtent, Model, reportRow, sequence } from "./support";

const sequences = byExtent({ bounded: 1, whole: 20 });

// The same as in memory-model.test.ts, where it costs less.
describe("any sequence of operations and mishaps on the simulated cluster", () => {
  let bench: Bench;
  beforeAll(async () => (bench = await Bench.start({ nodes: 2 })));
  afterAll(() => bench.stop());

  test("ends where the model ends: the wanted set, at most one restart, nothing lost", async () => {
    // One cluster for all: what the last sequence left is not known to the next model.
    let [operations, mishaps] = [0, 0];
    await fc.assert(
      fc.asyncProperty(sequence, async (acts) => {
        const model = new Model(bench);
        const first = { listed: [null, null, null], flag: "false" as const, drift: "none" as const, mishap: { kind: "none" as const } };
        for (const act of [first, ...acts]) expect({ act, wrong: await model.perform(act) }).toEqual({ act, wrong: [] });
        operations += model.counts.operations;
        mishaps += model.counts.mishaps;
      }),
      { numRuns: sequences, endOnFailure: true, ...byExtent<{ seed?: number }>({ bounded: { seed: 20241210 }, whole: {} }) },
    );
    const figures = { operations, "with a mishap": mishaps };
    reportRow({ part: "sequences of ten, a model", what: "on the simulated cluster", ran: sequences, of: 20, failed: 0, figures });
  }, 7_200_000);
});
