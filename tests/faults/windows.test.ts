import { Bench, blowsOf, extent, interruptions, meetFaults, operations, sampleOf, uninterrupted, windowsTroubles } from "./support";

/** So many points of each operation and blow run in the bounded form. */
const bounded = Number(process.env["FAULT_POINTS"] ?? 1);

// What matrix.test.ts and interruption.test.ts do, on Windows nodes.
describe.each(operations.map((operation, position) => [operation.name, operation, position] as const))(
  "%s, on Windows",
  (_name, operation, position) => {
    let bench: Bench;
    beforeAll(async () => (bench = await Bench.start({ platform: "windows" })));
    afterAll(() => bench.stop());

    test("interrupted: the next up converges, and nothing is lost", async () => {
      const whole = await uninterrupted(bench, operation);
      for (const [i, blow] of blowsOf(position).entries()) {
        const points = sampleOf(whole.labels, bounded, position * 2 + i);
        expect(await interruptions(bench, operation, blow, { whole, points, where: "Windows" })).toEqual([]);
      }
    }, 14_400_000);

    test("faults: done, or a sentence; once it is over, one up converges", async () => {
      const some = windowsTroubles.filter((_trouble, i) => i % (2 * operations.length) === position);
      const met = extent === "whole" ? windowsTroubles : some;
      expect(await meetFaults(bench, operation, { met, of: windowsTroubles, part: "faults, Windows" })).toEqual([]);
    }, 7_200_000);
  },
);
