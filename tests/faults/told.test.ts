import fc from "fast-check";
import { changes, quietChanges } from "../lifecycle/config/support/programs";
import { byExtent, reportRow } from "./support";
import { MemoryPackages } from "./support/memory/memory-bench";
import { event, onlyCredentials, tellsOfRestart, ToldBench } from "./support/told";

// A job of the cluster in memory takes no time: neither do the pauses between two looks at it.
jest.mock("../../provider/tsm/clock", () => ({
  systemClock: {
    now: () => performance.now() / 2,
    sleep: (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 2)),
  },
}));

const pairs = byExtent({ bounded: 70, whole: 3000 });

/** A second program on the way: held back, or made by a run that fails in its restart. */
const detour = fc.oneof(
  { weight: 3, arbitrary: fc.constant("none" as const) },
  { weight: 2, arbitrary: fc.constantFrom("held" as const, "failed" as const) },
);

describe("any two programs on any server", () => {
  const packages = new MemoryPackages();
  afterAll(() => packages.remove());

  test("no restart without a sentence in the preview before it, and what no preview could know of waits for the next one", async () => {
    const figures = { restarts: 0, "told, and needed none": 0, "waited for a preview": 0, refused: 0, "credentials alone": 0 };
    let ran = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(changes, quietChanges), detour, event, fc.boolean(), async ({ before, after }, way, what, refreshed) => {
        const bench = await ToldBench.start(packages);
        const first = bench.program({
          ...before,
          config: { ...before.config, activation: "now", restartWindow: undefined, takeOver: undefined },
        });
        const run = async (
          program: ReturnType<ToldBench["program"]>,
        ): Promise<{ restarts: number; sentences: string[]; errors: readonly string[] }> => {
          const { sentences, operation } = await bench.preview(program);
          if (operation.errors.length > 0) return { restarts: 0, sentences, errors: operation.errors };
          const count = bench.restarts;
          const { errors } = await bench.stack().up(program);
          const restarts = bench.restarts - count;
          const told = sentences.some(tellsOfRestart);
          expect({ sentences, restarts, silent: restarts > 0 && !told }).toEqual({ sentences, restarts, silent: false });
          // One more only to roll back.
          expect(restarts).toBeLessThanOrEqual(errors.length > 0 ? 2 : 1);
          figures.restarts += restarts;
          if (told && restarts === 0) figures["told, and needed none"] += 1;
          return { restarts, sentences, errors };
        };
        try {
          if ((await run(first)).errors.length > 0) return;
          if (way === "held") await run(bench.program({ ...after, config: { ...after.config, activation: "hold" } }));
          if (way === "failed") await bench.withFailingRestart(() => run(bench.program(after)));
          await bench.happen(what, first);
          if (refreshed) await bench.stack().refresh();
          ran += 1;
          const second = bench.program(after);
          const next = await run(second);
          const isSettled = way === "none" && !refreshed && JSON.stringify(before.server) === JSON.stringify(after.server);
          if (isSettled && onlyCredentials(first.config ?? {}, second.config ?? {}) && onlyCredentials(before.config, after.config)) {
            figures["credentials alone"] += 1;
            expect(next).toMatchObject({ restarts: 0, sentences: [] });
          }
          if (next.errors.length > 0) {
            figures.refused += 1;
            return;
          }
          // What waited is told by the next preview and done after it; then nothing is left.
          if (bench.stack().get("config")?.outs["activationDue"]?.toString().includes("no preview") === true) {
            figures["waited for a preview"] += 1;
            const third = await run(second);
            expect(third.sentences.some((sentence) => tellsOfRestart(sentence) || sentence.includes("on hold"))).toBe(true);
            if (third.errors.length > 0) return;
          }
          const last = await run(second);
          expect(last.restarts).toBe(0);
        } finally {
          await bench.stop();
        }
      }),
      { numRuns: pairs, ...byExtent<{ seed?: number }>({ bounded: { seed: 20261203 }, whole: {} }) },
    );
    reportRow({ part: "pairs of programs", what: "no restart that no preview told", ran, of: pairs, failed: 0, figures });
    expect(Math.min(figures.restarts, figures["waited for a preview"])).toBeGreaterThan(0);
  }, 7_200_000);
});
