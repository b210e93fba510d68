import { Bench, blowsOf, canOpenSsh, foreseen, interruptions, operations, sampleOf, type Whole } from "./support";

/** So many points of each operation and blow run in the bounded form; more of them in memory-interruption.test.ts. */
const bounded = Number(process.env["FAULT_POINTS"] ?? 1);

describe.each(operations.map((operation, position) => [operation.name, operation, position] as const))(
  "%s, interrupted",
  (_name, operation, position) => {
    // Where OpenSSH is, openssh.test.ts has the other blow.
    const blows = canOpenSsh ? blowsOf(position + 1) : (["kill", "cut"] as const);
    let bench: Bench;
    let whole: Whole;
    beforeAll(async () => {
      bench = await Bench.start();
      whole = await foreseen(bench, operation);
    });
    afterAll(() => bench.stop());

    test.each(blows)(
      "by %s at any point: the next up converges, and nothing is lost",
      async (blow) => {
        const points = sampleOf(whole.labels, bounded, position * 2 + (blow === "kill" ? 1 : 0));
        expect(await interruptions(bench, operation, blow, { whole, points, where: "simulated" })).toEqual([]);
      },
      14_400_000,
    );
  },
);
