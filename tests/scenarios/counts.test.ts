import { statSync } from "node:fs";
import type { HostCounts } from "../../provider/host/counts";
import { TrustCache } from "../../provider/lifecycle/trust/trust-cache";
import { StackImitation, World } from "./support";
import { RecordingPool } from "./support/recording-pool";

const nodes = 3;

/**
 * Counts are what makes an operation slow on a real network; unlike times they are the same on every machine. Each of
 * these numbers may go down; one that goes up is a regression.
 */
describe("what operations cost", () => {
  let world: World;
  beforeEach(async () => {
    world = await World.start({ nodes });
  });
  afterEach(async () => {
    await world.stop();
  });

  const counted = async (operation: () => Promise<{ readonly errors: readonly string[] }>): Promise<HostCounts> => {
    const before = { ...world.pool.counts };
    expect((await operation()).errors).toEqual([]);
    const after = world.pool.counts;
    return {
      connections: after.connections - before.connections,
      sessions: after.sessions - before.sessions,
      scripts: after.scripts - before.scripts,
      bytesSent: after.bytesSent - before.bytesSent,
      bytesReceived: after.bytesReceived - before.bytesReceived,
    };
  };
  const namesSince = (position: number): Record<string, number> => {
    const names = world.pool.ran.slice(position).map(({ name }) => name);
    return Object.fromEntries([...new Set(names)].sort().map((name) => [name, names.filter((one) => one === name).length]));
  };
  // Of three connectors, one whose check takes longer than another's, as on a busy machine, may miss its batch.
  const assertCost = ({ deliver = 0, trust = 0, ...rest }: Record<string, number>, { sessions }: HostCounts, newShells: number): void => {
    // Bytes and the lock have sessions of their own.
    expect(sessions).toBeLessThanOrEqual(deliver + 1 + newShells);
    expect(rest).toEqual({ "hold-lock": 1, observe: 2 * nodes, place: nodes, record: 2, stage: nodes, tsm: 3 });
    expect(Math.min(deliver, trust)).toBeGreaterThanOrEqual(nodes);
    expect(Math.max(deliver, trust)).toBeLessThanOrEqual(3 * nodes);
  };
  const filling = (size: number): Record<string, Buffer> => ({
    "filling.bin": Buffer.from(Array.from({ length: size }, (_, i) => (i * i * 31) % 251)),
  });

  test("a refresh asks each node once and tsm once, however many connectors there are", async () => {
    const stack = world.stack("refresh");
    const packages = Array.from({ length: 8 }, (_, i) => [`r${i}`, world.package(`r${i}_jdbc`, "1.0.0")] as const);
    expect(await stack.up(world.program(Object.fromEntries(packages)))).toMatchObject({ errors: [] });
    const position = world.pool.ran.length;
    const cost = await counted(() => stack.refresh());
    expect(namesSince(position)).toEqual({ observe: nodes, tsm: 1 });
    expect(cost).toMatchObject({ connections: 0, sessions: 0, scripts: nodes + 1, bytesSent: 0 });
    expect(world.pool.counts.connections).toBe(nodes);

    // Another run of the provider, as `pulumi refresh` has: no script follows another, so each has a session and two round trips.
    const pool = new RecordingPool();
    const silent = (): void => undefined;
    const voice = { say: silent, warn: silent, progress: silent };
    const another = new StackImitation("refresh", { pool, voice, cacheDirectory: world.folder, trust: new TrustCache(world.folder) });
    for (const [urn, state] of stack.resources) another.resources.set(urn, state);
    expect((await another.refresh()).errors).toEqual([]);
    pool.close();
    expect(pool.counts).toMatchObject({ connections: nodes, sessions: nodes + 1, scripts: nodes + 1, bytesSent: 0 });
    expect(await stack.destroy()).toMatchObject({ errors: [] });
  });

  test("packages travel once to each node, in one command; a change sends only what changed", async () => {
    const stack = world.stack("deploy");
    const size = 40_000;
    const packages = (version: string): Record<string, string> => ({
      a: world.package("a_jdbc", version, { files: filling(size) }),
      b: world.package("b_jdbc", "1.0.0", { files: filling(size) }),
      c: world.package("c_jdbc", "1.0.0", { files: filling(size) }),
    });
    const bytesOf = (paths: readonly string[]): number => paths.reduce((sum, path) => sum + statSync(path).size, 0);
    let position = world.pool.ran.length;
    const initial = packages("1.0.0");
    const first = await counted(() => stack.up(world.program(initial)));
    // Each node may have two shells of root, where two of its scripts ran at the same time; the initial node one for tsm.
    assertCost(namesSince(position), first, 2 * nodes + 1);

    position = world.pool.ran.length;
    const changed = packages("2.0.0");
    const change = await counted(() => stack.up(world.program(changed)));
    assertCost(namesSince(position), change, nodes);
    expect([first.connections, change.connections]).toEqual([nodes, 0]);
    // Besides the packages only the record travels, twice.
    expect(first.bytesSent - nodes * bytesOf(Object.values(initial))).toBeLessThan(8_000);
    expect(change.bytesSent - nodes * bytesOf([changed["a"] ?? ""])).toBeLessThan(8_000);
    expect(Math.max(first.bytesReceived, change.bytesReceived)).toBeLessThan(nodes * 40_000);

    expect(await counted(() => stack.up(world.program(changed)))).toEqual({
      connections: 0,
      sessions: 0,
      scripts: 0,
      bytesSent: 0,
      bytesReceived: 0,
    });
    expect(await stack.destroy()).toMatchObject({ errors: [] });
  });
});
