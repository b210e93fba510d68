import { Bench, blowsOf, canOpenSsh, extent, foreseen, interruptions, meetFaults, operations, sampleOf, troubles } from "./support";

/** So many points of each operation and blow; in the whole form each third. */
const bounded = 1;

// What matrix.test.ts and interruption.test.ts do, over real OpenSSH servers and through sudo.
(canOpenSsh ? describe : describe.skip).each(operations.map((operation, position) => [operation.name, operation, position] as const))(
  "%s, over OpenSSH",
  (_name, operation, position) => {
    let bench: Bench;
    beforeAll(async () => (bench = await Bench.start({ transport: "openssh", login: "sudo" })));
    afterAll(() => bench.stop());

    test("interrupted: the next up converges, and nothing is lost", async () => {
      const whole = await foreseen(bench, operation);
      for (const [i, blow] of blowsOf(position).entries()) {
        const thirds = whole.labels.filter((_label, at) => at % 3 === (position + i) % 3);
        const points = extent === "whole" ? thirds : sampleOf(whole.labels, bounded, position * 2 + i);
        expect(await interruptions(bench, operation, blow, { whole, points, where: "OpenSSH" })).toEqual([]);
      }
    }, 7_200_000);

    test("faults: done, or a sentence; once it is over, one up converges", async () => {
      // Those that the same operation does not meet in the bounded matrix.
      const met =
        extent === "whole" ? troubles : troubles.filter((_trouble, i) => i % (2 * operations.length) === position + operations.length);
      expect(await meetFaults(bench, operation, { met, of: troubles, part: "faults, OpenSSH" })).toEqual([]);
    }, 7_200_000);
  },
);
