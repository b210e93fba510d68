import { randomBytes } from "node:crypto";
import { Bench, byExtent, operations, uninterrupted } from "./support";
import { MemoryBench, MemoryPackages } from "./support/memory/memory-bench";

const byPlatform = {
  // Files alone, keys alone, both, and what goes back: a point that the others do not pass fails where they are interrupted.
  linux: byExtent({
    bounded: operations.filter(({ name }) => ["update of two of three", "key change", "rollback", "destroy"].includes(name)),
    whole: operations,
  }),
  // One with files and keys.
  windows: byExtent({
    bounded: operations.filter(({ name }) => name === "keys with connectors"),
    whole: operations,
  }),
};

// What the tests in memory show is worth as much as the cluster in memory is like the other one.
describe.each(["linux", "windows"] as const)("the cluster in memory, beside one of %s", (platform) => {
  const packages = new MemoryPackages({ "big.bin": randomBytes(70_000) });
  let bench: Bench;
  beforeAll(async () => (bench = await Bench.start({ platform })));
  afterAll(async () => {
    await bench.stop();
    packages.remove();
  });

  test.each(byPlatform[platform].map((operation) => [operation.name, operation] as const))(
    "%s: passes the points of the simulated cluster, costs as many restarts and ends the same",
    async (_name, operation) => {
      const memory = await MemoryBench.start(packages);
      await bench.tsm(["pending-changes", "discard", "--config-only"]);
      const there = await uninterrupted(bench, operation);
      const here = await uninterrupted(memory, operation);
      const [{ nodes: wanted, status }, { nodes, ...rest }] = [await bench.now(), await memory.now()];
      await memory.stop();
      expect({ ...here, labels: points(here.labels) }).toEqual({ ...there, labels: points(there.labels) });
      expect({ nodes: nodes.map(sorted), status: rest.status }).toEqual({ nodes: wanted.map(sorted), status });
    },
  );
});

// Which packages of one moment travel together is a matter of time, and so is how many scripts of a name there are.
function points(labels: readonly string[]): string[] {
  const names = labels.map((label) => label.replace(/ \(\d+\.\)/, "").replace(/\d+\. chunk/, "chunk"));
  return [...new Set(names)].sort();
}

function sorted<T extends { live: readonly string[]; loaded: readonly string[] }>(node: T): T {
  return { ...node, live: [...node.live].sort(), loaded: [...node.loaded].sort() };
}
