import { readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { strangeAuthority } from "../../simulator/authority/authorities";
import { readJavaKeystore, simulatedTrustStore } from "../../simulator/authority/trust-store";
import { type Program, trustStoreOf } from "../scenarios/support";
import {
  Bench,
  byExtent,
  canSudo,
  type FaultBench,
  type FaultOperation,
  interruptions,
  meetFaults,
  sampleOf,
  troubles,
  uninterrupted,
  type Whole,
} from "./support";

const { certificate } = strangeAuthority().root;
const pem = `-----BEGIN CERTIFICATE-----\n${certificate.toString("base64")}\n-----END CERTIFICATE-----\n`;
const simulated = readJavaKeystore(simulatedTrustStore(), "changeit") ?? {};

/** With the certificate and the connector that needs it, and back. */
const operation: FaultOperation = {
  name: "certificate and connector",
  prepare: async (bench, turn) => {
    const errors = await up(bench, turn + 1);
    if (errors.length > 0) throw new Error(`The test could not prepare an operation: ${errors.join("\n")}`);
  },
  run: up,
  again: up,
  loaded: (turn) => (isWith(turn) ? ["a_jdbc 1.0.0", "strange_jdbc 1.0.0"] : ["a_jdbc 1.0.0"]),
  flags: () => ["true", "false"],
  foreign: "pending",
};

function isWith(turn: number): boolean {
  return turn % 2 === 0;
}

async function up(bench: FaultBench, turn: number): Promise<readonly string[]> {
  const plain = bench.program({ a: "1.0.0" });
  const strange = bench.program({ a: "1.0.0", strange: "1.0.0" });
  const program: Program = isWith(turn) ? { ...strange, trust: { authority: { certificate: pem, alias: "corporate ca" } } } : plain;
  return (await bench.stack.up(program)).errors;
}

/** A bench that looks at the trust stores, too, whenever it looks: what is half written or lacks an entry of others is a stranger. */
async function start(...options: Parameters<typeof Bench.start>): Promise<Bench> {
  const bench = await Bench.start(...options);
  const stores = bench.world.cluster.nodes.map(({ name }) => [name, trustStoreOf(bench.world.cluster, name)] as const);
  const { watch } = bench;
  const [look, now] = [watch.look.bind(watch), bench.now.bind(bench)];
  watch.look = () => {
    look();
    for (const [name, path] of stores) if (entriesOf(path) === null) watch.strangers.add(`${name} cacerts`);
  };
  bench.now = async () => {
    const seen = await now();
    const nodes = seen.nodes.map((node, i) => {
      const [, path = ""] = stores[i] ?? [];
      const isTrusted = Object.hasOwn(entriesOf(path) ?? {}, "corporate ca");
      const isWanted = node.live.includes("strange_jdbc 1.0.0");
      const beside = readdirSync(dirname(path)).filter((file) => file.startsWith(".pulumi-tableau"));
      return { ...node, leftovers: [...node.leftovers, ...beside, ...(isTrusted === isWanted ? [] : [`trusted: ${String(isTrusted)}`])] };
    });
    return { ...seen, nodes };
  };
  return bench;
}

// null: it is no whole store, or lacks what others have in it.
function entriesOf(path: string): Readonly<Record<string, Buffer>> | null {
  const entries = readJavaKeystore(readFileSync(path), "changeit");
  const isWhole = entries !== null && Object.entries(simulated).every(([alias, der]) => entries[alias]?.equals(der) === true);
  return isWhole ? entries : null;
}

describe.each(["linux", "windows"] as const)("certificates on %s, interrupted", (platform) => {
  let bench: Bench;
  let whole: Whole;
  beforeAll(async () => {
    bench = await start({ platform });
    whole = await uninterrupted(bench, operation);
  });
  afterAll(() => bench.stop());

  test.each(["kill", "cut"] as const)(
    "by %s at any point: the next up converges, no store is ever half written, and no entry of others is lost",
    async (blow) => {
      const points = sampleOf(whole.labels, Number(process.env["FAULT_POINTS"] ?? 1), blow === "kill" ? 0 : 3);
      expect(await interruptions(bench, operation, blow, { whole, points, where: `trust on ${platform}` })).toEqual([]);
    },
    14_400_000,
  );
});

describe("certificates meet faults", () => {
  let bench: Bench;
  beforeAll(async () => (bench = await start(canSudo ? { login: "sudo" } : {})));
  afterAll(() => bench.stop());

  test("each ends done or with a sentence of node, cause and next step; once it is over, one up converges", async () => {
    const met = byExtent({ bounded: troubles.filter((_trouble, i) => i % 7 === 3), whole: troubles });
    expect(await meetFaults(bench, operation, { met, of: troubles, part: "trust" })).toEqual([]);
  }, 7_200_000);
});
