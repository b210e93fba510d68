import fc from "fast-check";
import { byExtent, reportRow } from "./support";
import { MemoryBench, MemoryPackages } from "./support/memory/memory-bench";
import { oddities, OddEyes, type Oddity } from "./support/odd-looks";

jest.mock("../../provider/tsm/clock", () => ({
  systemClock: {
    now: () => performance.now() / 2,
    sleep: (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 2)),
  },
}));

const runs = byExtent({ bounded: 80, whole: 5000 });

/** How the server is changed: files alone by a restart, or a key by an apply. */
const changes = fc.constantFrom<Readonly<Record<string, unknown>>>({}, { disableVerifyConnectorPluginSignature: true });
const odd = fc
  .array(fc.record({ at: fc.nat({ max: 15 }), oddity: fc.constantFrom(...oddities) }), { minLength: 1, maxLength: 8 })
  .map((some) => new Map<number, Oddity>(some.map(({ at, oddity }) => [at, oddity])));
/** A wall clock that is set, or a laptop that slept. */
const steps = fc.constantFrom(0, 0, 86_400_000, -86_400_000);

describe("looks that fail, are cut or are odd after a restart that tsm reported as done", () => {
  const packages = new MemoryPackages();
  afterAll(() => packages.remove());
  afterEach(() => jest.restoreAllMocks());

  test("cost no second restart, roll nothing back and blacklist nothing", async () => {
    const met: Record<string, number> = {};
    await fc.assert(
      fc.asyncProperty(odd, changes, steps, async (looks, config, step) => {
        const eyes = new OddEyes();
        const bench = await MemoryBench.start(packages, (host) => eyes.wrap(host));
        const program = (version: string, more = {}): ReturnType<MemoryBench["program"]> =>
          bench.program({ a: version }, { timeouts: { command: 30, restart: 30, ready: 3600 }, ...more });
        expect((await bench.stack.up(program("1.0.0"))).errors).toEqual([]);
        const before = await bench.now();
        const now = Date.now.bind(Date);
        eyes.begin(looks, () => jest.spyOn(Date, "now").mockImplementation(() => now() + step));
        const { errors } = await bench.stack.up(program("1.1.0", config));
        jest.restoreAllMocks();
        const after = await bench.now();
        // Odd looks are fewer than what can be looked at again: all of them end well.
        expect({ errors, restarts: after.restarts - before.restarts }).toEqual({ errors: [], restarts: 1 });
        expect(after.nodes.map(({ loaded, note }) => ({ loaded, note }))).toEqual(
          after.nodes.map(() => ({ loaded: ["a_jdbc 1.1.0"], note: "" })),
        );
        for (const oddity of looks.values()) met[oddity] = (met[oddity] ?? 0) + 1;
        await bench.stop();
      }),
      { numRuns: runs, ...byExtent<{ seed?: number }>({ bounded: { seed: 20261126 }, whole: {} }) },
    );
    expect(Object.keys(met).sort()).toEqual([...oddities].sort());
    reportRow({ part: "odd looks after a restart", what: "in memory", ran: runs, of: 5000, failed: 0, figures: met });
  }, 7_200_000);
});
