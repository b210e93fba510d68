import fc from "fast-check";
import { setTimeout as sleep } from "node:timers/promises";
import { type ResourceState, World } from "../scenarios/support";
import { byExtent, reportRow } from "./support";
import { providerRun } from "./support/provider-run";

const rounds = byExtent({ bounded: 3, whole: 50 });
/** Scripts that change something under the lock. A delivery into the store needs none. */
const changing = /^node\d+ (stage|place|record|clean|forget)\b/;

/** A point that a run has passed. */
interface Passed {
  readonly run: number;
  readonly label: string;
}

describe("eight runs at once on one server", () => {
  let world: World;
  const packages = new Map<string, string>();
  beforeAll(async () => {
    world = await World.start({ nodes: 2 });
    for (const name of ["a", "b"]) {
      for (const version of ["1.0.0", "1.1.0", "2.0.0"]) packages.set(`${name} ${version}`, world.package(`${name}_jdbc`, version));
    }
  });
  afterAll(() => world.stop());

  test("do not interleave, all end, the owner's state holds, the others are refused with its name", async () => {
    const program = (version: string): ReturnType<World["program"]> =>
      world.program({ a: packages.get(`a ${version}`) ?? "", b: packages.get(`b ${version}`) ?? "" });
    const first = providerRun(world, "owner", new Map());
    expect(await first.stack.up(program("1.0.0"))).toMatchObject({ errors: [] });
    first.pool.close();
    let resources: ReadonlyMap<string, ResourceState> = first.stack.resources;
    let interleaved = 0;
    let refused = 0;
    let writers = 0;

    const round = async (starts: readonly number[], version: string): Promise<void> => {
      const passed: Passed[] = [];
      const before = await world.cluster.state();
      const runs = starts.map((_start, run) => {
        // Four runs of the stack that owns the server, as by four pipelines with one state, and four of other stacks.
        const [name, state] = run < 4 ? ["owner", resources] : [`stranger${String(run)}`, new Map<string, ResourceState>()];
        return providerRun(world, name, state, { at: (label) => void passed.push({ run, label }) });
      });
      const errors = await Promise.all(
        runs.map(async ({ stack }, run) => {
          await sleep(starts[run] ?? 0);
          return (await stack.up(program(run < 4 ? version : "2.0.0"))).errors;
        }),
      );
      for (const { pool } of runs) pool.close();
      for (const one of errors.slice(0, 4)) expect(one).toEqual([]);
      for (const one of errors.slice(4)) {
        expect(one).toEqual([expect.stringMatching(/belong to the stack test\/owner/)]);
        refused += 1;
      }
      const spans = changes(passed);
      writers += spans.length;
      interleaved += spans.filter((span, i) => i > 0 && span.from < (spans[i - 1]?.to ?? 0)).length;
      expect((await world.cluster.state()).restarts - before.restarts).toBeLessThanOrEqual(1);
      expect(await world.loaded()).toEqual([0, 1].map(() => [`a_jdbc ${version}`, `b_jdbc ${version}`]));
      resources = runs[0]?.stack.resources ?? resources;
    };

    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 600 }), { minLength: 8, maxLength: 8 }), fc.constantFrom("1.0.0", "1.1.0", "2.0.0"), round),
      { numRuns: rounds, endOnFailure: true, seed: 20241201 },
    );
    const figures = { "runs that changed something": writers, refused, interleaved };
    reportRow({ part: "eight runs at once", what: "four own it, four do not", ran: rounds, of: 50, failed: interleaved, figures });
    expect(writers).toBeGreaterThan(0);
    expect(interleaved).toBe(0);
  }, 7_200_000);
});

/** From which to which point each run changed something, in the order of their beginnings. */
function changes(passed: readonly Passed[]): { from: number; to: number }[] {
  const spans = new Map<number, { from: number; to: number }>();
  for (const [at, { run, label }] of passed.entries()) {
    if (changing.test(label)) spans.set(run, { from: spans.get(run)?.from ?? at, to: at });
  }
  return [...spans.values()].sort((one, other) => one.from - other.from);
}
