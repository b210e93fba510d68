import {
  Bench,
  blowsOf,
  extent,
  foreseen,
  interruptions,
  meetFaults,
  operations,
  sampleOf,
  type Trouble,
  troubles,
  windowsTroubles,
} from "./support";

/** So many points of each operation and blow run in the bounded form. */
const bounded = Number(process.env["FAULT_POINTS"] ?? 1);

const onLinux = new Set(troubles.map(({ name }) => name));
// One that only Windows nodes can have for each operation, and one of the others: the matrix has all of those.
const own = windowsTroubles.filter(({ name }) => !onLinux.has(name));
const shared = windowsTroubles.filter(({ name }) => onLinux.has(name)).filter((_trouble, i) => i % 5 === 1);

function boundedOf(position: number): readonly Trouble[] {
  const isMet = (i: number): boolean => i % operations.length === position;
  return [...shared.filter((_trouble, i) => isMet(i)), ...own.filter((_trouble, i) => isMet(i + 1))];
}

// What matrix.test.ts and interruption.test.ts do, on Windows nodes.
describe.each(operations.map((operation, position) => [operation.name, operation, position] as const))(
  "%s, on Windows",
  (_name, operation, position) => {
    let bench: Bench;
    beforeAll(async () => (bench = await Bench.start({ platform: "windows" })));
    afterAll(() => bench.stop());

    test("interrupted: the next up converges, and nothing is lost", async () => {
      const whole = await foreseen(bench, operation);
      for (const [i, blow] of blowsOf(position).entries()) {
        const points = sampleOf(whole.labels, bounded, position * 2 + i);
        expect(await interruptions(bench, operation, blow, { whole, points, where: "Windows" })).toEqual([]);
      }
    }, 14_400_000);

    test("faults: done, or a sentence; once it is over, one up converges", async () => {
      const met = extent === "whole" ? windowsTroubles : boundedOf(position);
      expect(await meetFaults(bench, operation, { met, of: windowsTroubles, part: "faults, Windows" })).toEqual([]);
    }, 7_200_000);
  },
);
