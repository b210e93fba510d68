import fc from "fast-check";
import { byExtent, reportRow } from "./support";
import { accidents, FaultAt, type Accident } from "./support/fault-at";
import { MemoryBench, MemoryPackages } from "./support/memory/memory-bench";

jest.mock("../../provider/tsm/clock", () => ({
  systemClock: {
    now: () => performance.now() / 2,
    sleep: (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 2)),
  },
}));

const runs = byExtent({ bounded: 80, whole: 3000 });

/** A program: the version of each class, null where it is not listed, and what it says of the flag and the triggers. */
interface Wanted {
  readonly listed: readonly (string | null)[];
  readonly flag: boolean | null;
  readonly trigger: number | null;
}

const wanted: fc.Arbitrary<Wanted> = fc.record({
  listed: fc.tuple(...["a", "b"].map(() => fc.constantFrom(null, "1.0.0", "1.1.0"))),
  flag: fc.constantFrom(null, null, true, false),
  trigger: fc.constantFrom(null, null, 1, 2),
});

const accident = fc.record({
  /** At which script of the operation. */
  at: fc.nat({ max: 40 }),
  kind: fc.constantFrom<Accident | "kill">(...accidents, "kill", "kill"),
  /** Whether the server itself fails, too: then the set goes back by one more restart. */
  server: fc.constantFrom("sound", "sound", "sound", "restart-fails"),
});

describe("a change set that meets one accident", () => {
  const packages = new MemoryPackages();
  afterAll(() => packages.remove());

  test("restarts the server at most once, and once more only to roll back a restart that failed", async () => {
    const met: Record<string, number> = {};
    let struck = 0;
    await fc.assert(
      fc.asyncProperty(wanted, wanted, accident, async (before, after, { at, kind, server }) => {
        const made: { bench?: MemoryBench } = {};
        const fault = new FaultAt({
          fill: (node, how) => (how === "full" ? void made.bench?.fault("disk-full", node) : void made.bench?.clearFaults()),
          cut: (node) => made.bench?.cut(node),
        });
        const bench = await MemoryBench.start(packages, (host) => fault.wrap(host));
        made.bench = bench;
        const program = ({ listed: [a, b], flag, trigger }: Wanted): ReturnType<MemoryBench["program"]> =>
          bench.program(
            { ...(typeof a === "string" ? { a } : {}), ...(typeof b === "string" ? { b } : {}) },
            {
              timeouts: { command: 30, restart: 30, ready: 600 },
              ...(flag === null ? {} : { disableVerifyConnectorPluginSignature: flag }),
              ...(trigger === null ? {} : { restartTriggers: [trigger] }),
            },
          );
        const restarts = async (): Promise<number> => (await bench.now()).restarts;
        expect((await bench.stack.up(program(before))).errors).toEqual([]);
        const isDue =
          JSON.stringify(before.listed) !== JSON.stringify(after.listed) ||
          (before.flag ?? false) !== (after.flag ?? false) ||
          (after.trigger !== null && after.trigger !== before.trigger);

        const first = await restarts();
        bench.restartProvider(kind === "kill" ? { label: at * 2, blow: "kill" } : undefined);
        if (kind === "kill") fault.end();
        else fault.begin(at, kind);
        if (server !== "sound") await bench.fault(server, "once");
        await Promise.race([bench.stack.up(program(after)), bench.pool.killed]);
        const hasStruck = fault.struck !== undefined || bench.pool.struck;
        fault.end();
        await bench.mend();
        bench.restartProvider();
        const meanwhile = await restarts();
        // What a run that was killed has started goes on.
        await bench.retry();
        const { errors } = await bench.stack.up(program(after));
        const last = await restarts();
        const counts = { first: meanwhile - first, both: last - first };
        const most = server === "sound" ? { first: isDue ? 1 : 0, both: isDue ? 1 : 0 } : { first: 2, both: isDue ? 3 : 0 };
        expect({ errors, exact: server === "sound" ? counts.both : most.both, ...counts }).toEqual({
          errors: [],
          exact: most.both,
          first: Math.min(counts.first, most.first),
          both: Math.min(counts.both, most.both),
        });
        // And then there is nothing left to do.
        expect((await bench.stack.up(program(after))).errors).toEqual([]);
        expect(await restarts()).toBe(last);
        met[kind] = (met[kind] ?? 0) + (hasStruck ? 1 : 0);
        struck += hasStruck ? 1 : 0;
        await bench.stop();
      }),
      { numRuns: runs, ...byExtent<{ seed?: number }>({ bounded: { seed: 20261127 }, whole: {} }) },
    );
    expect(struck).toBeGreaterThan(runs / 4);
    reportRow({ part: "one accident in a change set", what: "in memory", ran: runs, of: 3000, failed: 0, figures: { ...met, struck } });
  }, 7_200_000);
});
