import fc from "fast-check";
import { appendFileSync, readFileSync, existsSync } from "node:fs";
import { Bench, byExtent, foreignKey, reportRow } from "./support";

const sequences = byExtent({ bounded: 2, whole: 1000 });
const classes = ["a", "b"];
const versions = ["1.0.0", "1.1.0"];

/** What happens during an operation. */
type Mishap =
  | { readonly kind: "none" }
  | { readonly kind: "kill" | "cut"; readonly point: number }
  | { readonly kind: "fault"; readonly fault: readonly ["restart-fails" | "disk-full" | "controller-down" | "unreachable-node", string] };

interface Act {
  /** For each class the version that is listed; null: not listed. */
  readonly listed: readonly (number | null)[];
  readonly drift: "none" | "tamper";
  readonly mishap: Mishap;
}

const mishap: fc.Arbitrary<Mishap> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: "none" as const }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("kill" as const, "cut" as const), point: fc.nat({ max: 110 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("fault" as const),
      fault: fc.constantFrom<readonly ["restart-fails" | "disk-full" | "controller-down" | "unreachable-node", string]>(
        ["restart-fails", "once"],
        ["restart-fails", "always"],
        ["disk-full", "node2"],
        ["controller-down", ""],
        ["unreachable-node", "node2"],
      ),
    }),
  },
);

const act: fc.Arbitrary<Act> = fc.record({
  listed: fc.tuple(...classes.map(() => fc.option(fc.nat({ max: 1 }), { freq: 4 }))),
  drift: fc.constantFrom("none", "none", "tamper"),
  mishap,
});

type Versions = Readonly<Record<string, string>>;

/** All that there is to know: what every node runs with, or that an operation has not come to its end yet. */
interface Model {
  live: readonly string[];
  state: "settled" | "open";
}

describe("any sequence of operations and mishaps", () => {
  let bench: Bench;
  let steps = 0;
  let mishaps = 0;
  beforeAll(async () => (bench = await Bench.start({ nodes: 2 })));
  afterAll(() => bench.stop());

  test("ends where the model ends: the wanted set, at most one restart, nothing lost", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 10 }), async (acts) => {
        // What the last sequence left is not known here.
        const model: Model = { live: [], state: "open" };
        expect(await settle(bench, model, {})).toEqual([]);
        for (const one of acts) expect({ act: one, wrong: await perform(bench, model, one) }).toEqual({ act: one, wrong: [] });
      }),
      { numRuns: sequences, endOnFailure: true, ...(sequences < 1000 ? { seed: 20241210 } : {}) },
    );
    reportRow({
      part: "random sequences of ten",
      what: "against a model",
      ran: sequences,
      of: 1000,
      failed: 0,
      figures: { steps, mishaps },
    });
  }, 36_000_000);

  const perform = async (at: Bench, model: Model, { listed, drift, mishap: bad }: Act): Promise<string[]> => {
    steps += 1;
    const wanted = Object.fromEntries(
      listed.flatMap((version, i) => (version === null ? [] : [[classes[i] ?? "", versions[version] ?? ""] as const])),
    );
    at.restartProvider();
    await at.world.cluster.tsm(["configuration", "set", "-k", foreignKey, "-v", "7201"]);
    const drifted = drift === "tamper" && tamper(at, model);
    if (drifted) expect((await at.stack.refresh()).errors).toEqual([]);
    at.watch.begin();
    if (bad.kind === "none") return await settle(at, model, wanted, drifted);
    mishaps += 1;
    if (bad.kind === "fault") await at.world.cluster.fault(...bad.fault);
    else at.restartProvider({ label: bad.point, blow: bad.kind });
    const { pool } = at;
    await Promise.race([at.stack.up(at.wanted(wanted).program), pool.killed]);
    await at.world.cluster.clearFaults();
    await at.world.cluster.startServer();
    at.restartProvider();
    // It may have been done, undone or half done: the next run is the judge.
    model.state = "open";
    await at.retry();
    return await settle(at, model, wanted);
  };
});

/** Brings a set up without any mishap and tells what is not as the model says. */
async function settle(bench: Bench, model: Model, wanted: Versions, drifted = false): Promise<string[]> {
  const before = await bench.world.cluster.state();
  const { errors } = await bench.stack.up(bench.wanted(wanted).program);
  const after = await bench.world.cluster.state();
  const loaded = Object.entries(wanted)
    .map(([name, version]) => `${name}_jdbc ${version}`)
    .sort();
  const restarts = after.restarts - before.restarts;
  const differs = drifted || JSON.stringify(loaded) !== JSON.stringify(model.live);
  const expected = model.state === "open" ? [0, 1] : [differs ? 1 : 0];
  Object.assign(model, { live: loaded, state: "settled" });
  return [
    ...errors,
    ...(await bench.differences(loaded, "any")),
    ...(expected.includes(restarts) ? [] : [`${String(restarts)} restarts`]),
    ...[...bench.watch.strangers].map((file) => `visible to the server: ${file}`),
    ...bench.lostFiles().map((file) => `lost: ${file}`),
    ...(after.applied[foreignKey] === "7201" ? ["somebody else's change was applied"] : []),
  ];
}

function tamper(bench: Bench, model: Model): boolean {
  const [first] = model.live;
  const path = bench.world.livePath("node2", `${first?.split(" ")[0] ?? ""}.taco`);
  if (first === undefined || !existsSync(path)) return false;
  appendFileSync(path, "x");
  bench.watch.know(readFileSync(path));
  return true;
}
