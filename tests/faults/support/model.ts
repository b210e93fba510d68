import fc from "fast-check";
import type { Program } from "../../scenarios/support";
import { differencesOf } from "./differences";
import type { FaultBench } from "./fault-bench";
import { foreignKey } from "./foreign-key";

const flagKey = "native_api.disable_verify_connector_plugin_signature";
const classes = ["a", "b", "c"];
const versions = ["1.0.0", "1.1.0"];

type FaultOfModel = readonly ["restart-fails" | "apply-fails-after" | "disk-full" | "controller-down" | "unreachable-node", string];

/** What happens during an operation. */
type Mishap =
  | { readonly kind: "none" }
  | { readonly kind: "kill" | "cut"; readonly point: number }
  | { readonly kind: "fault"; readonly fault: FaultOfModel };

export interface Act {
  /** For each class the version that is listed; null: not listed. */
  readonly listed: readonly (number | null)[];
  readonly flag: "absent" | "true" | "false";
  readonly drift: "none" | "tamper";
  readonly mishap: Mishap;
}

const mishap: fc.Arbitrary<Mishap> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: "none" as const }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("kill" as const, "cut" as const), point: fc.nat({ max: 100 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("fault" as const),
      fault: fc.constantFrom<FaultOfModel>(
        ["restart-fails", "once"],
        ["restart-fails", "always"],
        ["apply-fails-after", "once"],
        ["disk-full", "node2"],
        ["controller-down", ""],
        ["unreachable-node", "node2"],
      ),
    }),
  },
);

/** Any sequence of ten operations, with what happens before and during each. */
export const sequence: fc.Arbitrary<Act[]> = fc.array(
  fc.record({
    listed: fc.tuple(...classes.map(() => fc.option(fc.nat({ max: versions.length - 1 }), { freq: 4 }))),
    flag: fc.constantFrom("absent", "absent", "true", "false"),
    drift: fc.constantFrom("none", "none", "tamper"),
    mishap,
  }),
  { minLength: 10, maxLength: 10 },
);

/** All that there is to know: what every node runs with, or that an operation has not come to its end yet. */
export class Model {
  #live: readonly string[] = [];
  #flag = "false";
  #state: "settled" | "open" = "open";
  /** So many operations, and so many of them with a mishap that took place. */
  readonly counts = { operations: 0, mishaps: 0 };

  constructor(readonly bench: FaultBench) {}

  /** Lets an act happen and tells what is then not as the model says, in words. */
  async perform({ listed, flag, drift, mishap: bad }: Act): Promise<string[]> {
    const { bench } = this;
    const wanted = listed.flatMap((version, i) => (version === null ? [] : [[classes[i] ?? "", versions[version] ?? ""] as const]));
    this.counts.operations += 1;
    bench.restartProvider();
    // An apply would be refused while somebody else's change is pending: the two come apart.
    await bench.tsm(["pending-changes", "discard", "--config-only"]);
    // A key that the program does not name any more is given back, which is an apply as well.
    const laid = flag === "absent" && this.#state === "settled" && this.#flag === "false";
    if (laid) await bench.tsm(["configuration", "set", "-k", foreignKey, "-v", "7201"]);
    const drifted = drift === "tamper" && bench.tamper("node2", `${this.#live[0]?.split(" ")[0] ?? ""}.taco`, "change") === "done";
    if (drifted) {
      const { errors } = await bench.stack.refresh();
      if (errors.length > 0) return errors.map((error) => `the refresh failed: ${error}`);
    }
    bench.begin();
    const program = bench.program(Object.fromEntries(wanted), {
      ...(flag === "absent" ? {} : { disableVerifyConnectorPluginSignature: flag === "true" }),
    });
    const foreign = laid ? "laid" : "none";
    if (bad.kind === "none") return await this.#settle(program, wanted, flag, drifted ? "drifted" : "as it was", foreign);
    this.counts.mishaps += 1;
    if (bad.kind === "fault") await bench.fault(...bad.fault);
    else bench.restartProvider({ label: bad.point, blow: bad.kind });
    await Promise.race([bench.stack.up(program), bench.pool.killed]);
    await bench.mend();
    bench.restartProvider();
    // It may have been done, undone or half done: the next run is the judge.
    this.#state = "open";
    await bench.retry();
    return await this.#settle(program, wanted, flag, "as it was", foreign);
  }

  // Brings a set up without any mishap and tells what is not as the model says.
  async #settle(
    program: Program,
    wanted: readonly (readonly [string, string])[],
    flag: Act["flag"],
    drift: "drifted" | "as it was",
    foreign: "laid" | "none",
  ): Promise<string[]> {
    const { bench } = this;
    const before = await bench.now();
    const { errors } = await bench.stack.up(program);
    const after = await bench.now();
    const set = wanted.map(([name, version]) => `${name}_jdbc ${version}`).sort();
    const value = flag === "absent" ? "false" : flag;
    const differs = drift === "drifted" || !same(set, this.#live) || value !== this.#flag;
    const restarts = after.restarts - before.restarts;
    const expected = this.#state === "open" ? [0, 1] : [differs ? 1 : 0];
    const applied = after.applied[flagKey] ?? "false";
    this.#live = set;
    this.#flag = applied;
    this.#state = "settled";
    return [
      ...errors,
      ...differencesOf(after, set, [value]),
      ...(foreign === "none" || after.pending[foreignKey] === "7201" ? [] : ["somebody else's change was lost"]),
      ...(after.applied[foreignKey] === "7201" ? ["somebody else's change was applied"] : []),
      ...(expected.includes(restarts) ? [] : [`${String(restarts)} restarts`]),
      ...[...bench.strangers].map((file) => `visible to the server: ${file}`),
      ...bench.lostFiles().map((file) => `lost: ${file}`),
      ...((await bench.lockIsFree()) ? [] : ["the lock is still held"]),
    ];
  }
}

function same(some: readonly string[], others: readonly string[]): boolean {
  return JSON.stringify([...some].sort()) === JSON.stringify([...others].sort());
}
