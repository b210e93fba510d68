import { randomBytes } from "node:crypto";
import { byExtent, interruptions, operations, sampleOf, uninterrupted, type Whole } from "./support";
import { MemoryBench, MemoryPackages } from "./support/memory/memory-bench";

jest.mock("../../provider/tsm/clock", () => ({
  systemClock: {
    now: () => performance.now() / 2,
    sleep: (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 2)),
  },
}));

// Each package travels in three chunks.
const packages = new MemoryPackages({ "big.bin": randomBytes(70_000) });
afterAll(() => packages.remove());

describe.each(operations.map((operation, position) => [operation.name, operation, position] as const))(
  "%s in memory, interrupted",
  (_name, operation, position) => {
    let bench: MemoryBench;
    let whole: Whole;
    beforeAll(async () => {
      bench = await MemoryBench.start(packages);
      whole = await uninterrupted(bench, operation);
    });
    afterAll(() => bench.stop());

    test.each(["kill", "cut"] as const)(
      "by %s at any point: the next up converges, and nothing is lost",
      async (blow) => {
        const points = sampleOf(whole.labels, byExtent({ bounded: 4, whole: 100_000 }), position);
        expect(await interruptions(bench, operation, blow, { whole, points, where: "in memory" })).toEqual([]);
      },
      7_200_000,
    );
  },
);
