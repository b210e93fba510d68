import { writeFileSync } from "node:fs";
import type { FaultName } from "../../simulator";
import { nothing, World } from "./support";

type Failure = readonly [what: string, fault: FaultName | "kill", setting: string, sentence: RegExp];

describe("what fails before anything is live", () => {
  let world: World;
  let a1: string, b1: string;
  let turn = 0;
  beforeAll(async () => {
    world = await World.start();
    [a1, b1] = [world.package("a_jdbc", "1.0.0"), world.package("b_jdbc", "1.0.0")];
    expect(await world.stack().up(world.program({ a: a1 }))).toMatchObject({ errors: [] });
  });
  afterAll(() => world.stop());
  afterEach(() => world.cluster.clearFaults());

  const chains: readonly (readonly Failure[])[] = [
    [
      ["out of disk where the store is", "disk-full", "node2:0:/var/opt/pulumi-tableau", /\[node2\].*(No space left|space)/],
      ["out of disk where the connectors are", "disk-full", "node2:0:/opt/tableau/connectors", /\[node2\].*No space left/],
      ["read-only", "read-only", "node2", /\[node2\].*Read-only file system/],
    ],
    [
      ["unreachable", "unreachable-node", "node2", /\[node2\].*(refused|reach|connect)/i],
      ["out of disk after half a package", "disk-full", "node2:4096", /\[node2\].*No space left/],
    ],
    [
      ["losing its connection in the upload", "cut-upload", "node2:20000", /\[node2\]/],
      ["dead while its connection is idle", "kill", "node2", /\[node2\]/],
    ],
  ];
  test.each(chains.map((chain) => [chain.map(([what]) => what).join(", "), chain] as const))(
    "node2 is %s: no live file has changed anywhere, the node is named, the next up completes",
    async (_what, chain) => {
      turn += 1;
      const stack = world.stack();
      const before = await world.live();
      const big = world.package("big_jdbc", `1.${turn}.0`, { files: { "big.bin": Buffer.alloc(60_000, Math.random().toString(36)) } });
      const program = world.program({ a: world.package("a_jdbc", `1.${turn}.0`), b: b1, big });
      for (const [, fault, setting, sentence] of chain) {
        if (fault === "kill") await world.cluster.killNode(setting);
        else await world.cluster.fault(fault, setting);
        const cost = await world.cost(async () => {
          const { errors } = await stack.up(program);
          expect(errors.length).toBeGreaterThan(0);
          for (const error of errors) expect(error).toMatch(sentence);
          // What to do next, in the imperative.
          for (const error of errors) expect(error).toMatch(/pulumi up|See |Start|Free|Mount|Check|Correct|Make|run it again/);
        });
        expect(cost).toMatchObject({ restarts: 0, applies: 0, calls: [] });
        if (fault === "kill") await world.cluster.reviveNode(setting);
        await world.cluster.clearFaults();
        expect(await world.live()).toEqual(before);
      }
      const next = await world.cost(async () => expect(await stack.up(program)).toMatchObject({ errors: [] }));
      expect(next).toMatchObject({ restarts: 1, applies: 0 });
      const loaded = [`a_jdbc 1.${turn}.0`, "b_jdbc 1.0.0", `big_jdbc 1.${turn}.0`];
      expect(await world.loaded()).toEqual([loaded, loaded]);
      expect(await world.leftovers()).toEqual([]);
    },
  );

  test("one of three packages is refused, one is broken, two are of one class: nothing is changed; the next up completes", async () => {
    const stack = world.stack();
    const [a2, c1] = [world.package("a_jdbc", "2.0.0"), world.package("c_jdbc", "1.0.0")];
    const before = await world.live();
    const bad = world.package("bad_jdbc", "1.0.0", { minVersionTableau: "2099.1" });
    const server = { ...world.cluster.server, version: "2024.2" };
    const cost = await world.cost(async () => {
      const { errors } = await stack.up({ ...world.program({ a: a2, b: b1, bad }), server });
      expect(errors).toEqual([expect.stringMatching(/source: needs Tableau 2099\.1.*2024\.2/)]);
    });
    expect(cost).toMatchObject({ restarts: 0, calls: [] });
    expect(await world.live()).toEqual(before);
    // Without a version in the program it is refused when the server is reached.
    const late = await world.cost(async () => {
      const { errors } = await stack.up(world.program({ a: a2, b: b1, bad }));
      expect(errors).toEqual([expect.stringMatching(/bad_jdbc\.taco needs Tableau 2099\.1/)]);
    });
    expect(late).toMatchObject({ restarts: 0, calls: [] });
    expect(await world.live()).toEqual(before);

    const broken = world.package("broken_jdbc", "1.0.0");
    writeFileSync(broken, "no zip at all");
    expect((await stack.preview(world.program({ a: a1, broken }))).errors).toEqual([expect.stringMatching(/^source: /)]);
    const twin = world.package("a_jdbc", "5.0.0", { fileName: "twin.taco" });
    expect((await stack.preview(world.program({ a: a1, twin }))).errors).toEqual([
      expect.stringMatching(/the class "a_jdbc" is listed twice/),
    ]);
    expect(
      await world.cost(async () => expect(await stack.up(world.program({ a: a2, b: b1, c: c1 }))).toMatchObject({ errors: [] })),
    ).toMatchObject({ restarts: 1 });
  });

  test("a controller that is down, and a node that cannot be reached, are errors, never a wrong answer, of a refresh too", async () => {
    const stack = world.stack();
    const program = world.program({ a: a1 });
    expect(await stack.up(program)).toMatchObject({ errors: [] });
    await world.cluster.fault("controller-down");
    const cost = await world.cost(async () => {
      expect((await stack.up(world.program({ a: world.package("a_jdbc", "3.0.0") }))).errors).toEqual([
        expect.stringMatching(/\[node1\].*Controller/i),
      ]);
      expect((await stack.refresh()).errors).toEqual([expect.stringMatching(/\[node1\].*Controller/i)]);
    });
    expect(cost).toMatchObject({ restarts: 0, calls: [] });
    await world.cluster.clearFaults();
    expect(await stack.up(program)).toMatchObject({ errors: [] });

    // Never absent files.
    await world.cluster.fault("unreachable-node", "node2");
    expect((await stack.refresh()).errors).toEqual([expect.stringMatching(/\[node2\]/), expect.stringMatching(/\[node2\]/)]);
    expect(stack.get("config")?.outs["live"]).toEqual(stack.get("config")?.inputs["live"]);
    await world.cluster.clearFaults();
    expect(await world.cost(() => stack.up(program))).toEqual(nothing);
  });

  test("a key rotated and a connector dropped in one up, and a dropped connector while a node is dead for good", async () => {
    const stack = world.stack();
    await stack.up(world.program({ a: a1, b: b1 }));
    // What stands in state is refused from now on.
    for (const [urn, state] of stack.resources) {
      const broken = JSON.parse(JSON.stringify(state).replaceAll(/-----BEGIN[^"]*/g, "no key any more")) as typeof state;
      stack.resources.set(urn, broken);
    }
    expect(await stack.up(world.program({ a: a1 }))).toMatchObject({ errors: [], steps: { b: "delete" } });
    await stack.up(world.program({ a: a1, b: b1 }));
    await world.cluster.killNode("node2");
    const alone = {
      ...world.program({ a: a1 }),
      server: { ...world.cluster.server, nodes: world.cluster.server.nodes.slice(0, 1), allowPartialCluster: true },
    };
    expect(await stack.up(alone)).toMatchObject({ errors: [], steps: { b: "delete", config: "update" } });
    expect(world.said.some((line) => line.includes("node2 left the list of nodes and is not contacted"))).toBe(true);
  });
});

describe("what fails on the way", () => {
  let world: World;
  let turn = 0;
  beforeAll(async () => {
    world = await World.start({ nodes: 1 });
    expect(await world.stack().up(program(world.package("a_jdbc", "1.0.0")))).toMatchObject({ errors: [] });
  });
  afterAll(() => world.stop());
  afterEach(async () => {
    await world.cluster.clearFaults();
    await world.cluster.startServer();
  });

  const program = (source: string, config: Readonly<Record<string, unknown>> = {}): ReturnType<World["program"]> =>
    world.program({ a: source }, { rollback: false, ...config });
  /** A version that the server has not yet. */
  const next = (): string => world.package("a_jdbc", `1.${++turn}.0`);
  const loadedNext = (): string[][] => [[`a_jdbc 1.${turn}.0`]];

  test("the restart fails for good after files were placed; refresh clears nothing; the next up makes up for it", async () => {
    const stack = world.stack();
    const wanted = program(next());
    await world.cluster.fault("restart-fails", "always");
    expect((await stack.up(wanted)).errors).toEqual([expect.stringMatching(/failed/)]);
    expect((await world.cluster.state()).status).toBe("ERROR");
    await world.cluster.clearFaults();
    expect(await stack.refresh()).toMatchObject({ errors: [] });
    const config = stack.get("config");
    expect(config?.initError).toBeUndefined();
    expect(config?.inputs["loaded"]).toMatch(/^restart due since /);
    const cost = await world.cost(async () => expect(await stack.up(wanted)).toMatchObject({ errors: [] }));
    expect(cost).toMatchObject({ restarts: 1, applies: 0 });
    expect(await world.loaded()).toEqual(loadedNext());
    expect(await world.cost(() => stack.up(wanted))).toEqual(nothing);
  });

  test.each([
    ["apply-fails-before", true],
    ["apply-fails-after", false],
  ] as const)("%s: not lost, not reported as success, made up for by the next up", async (fault, disableVerifyConnectorPluginSignature) => {
    const stack = world.stack();
    const wanted = program(next(), { disableVerifyConnectorPluginSignature });
    await world.cluster.fault(fault, "once");
    expect((await stack.up(wanted)).errors).toHaveLength(1);
    await world.cluster.clearFaults();
    await stack.refresh();
    const cost = await world.cost(async () => expect(await stack.up(wanted)).toMatchObject({ errors: [] }));
    expect(cost).toMatchObject({ restarts: 1 });
    expect(await world.loaded()).toEqual(loadedNext());
    expect(await world.cluster.state()).toMatchObject({
      status: "RUNNING",
      pending: {},
      applied: { "native_api.disable_verify_connector_plugin_signature": String(disableVerifyConnectorPluginSignature) },
    });
    expect(await world.cost(() => stack.up(wanted))).toEqual(nothing);
  });

  test("a restart after which the server is STOPPED, DEGRADED or ERROR is no success", async () => {
    const stack = world.stack();
    const impatient = { timeouts: { ready: 1 } };
    for (const state of ["STOPPED", "DEGRADED", "ERROR"]) {
      await world.cluster.fault("start-state", state);
      expect((await stack.up(program(next(), impatient))).errors).toEqual([expect.stringMatching(new RegExp(state))]);
      await world.cluster.clearFaults();
      await world.cluster.tsm(["stop"]);
      await world.cluster.tsm(["start"]);
    }
    await stack.refresh();
    const wanted = program(world.package("a_jdbc", `1.${turn}.0`), impatient);
    const cost = await world.cost(async () => expect(await stack.up(wanted)).toMatchObject({ errors: [] }));
    expect(cost.restarts).toBeLessThanOrEqual(1);
    expect(await world.loaded()).toEqual(loadedNext());
  });

  test("somebody's backup is waited for, and so is a server that recovers by itself", async () => {
    await world.cluster.fault("job-busy", "1500");
    await world.cluster.fault("start-state", "recovers:800");
    const cost = await world.up(program(next()));
    expect(cost).toMatchObject({ restarts: 1 });
    expect((await world.cluster.state()).status).toBe("RUNNING");
  });

  test("a job that outlives its client is joined, not doubled", async () => {
    await world.cluster.fault("job-outlives-timeout", "1500");
    const cost = await world.up(program(next()));
    expect(cost).toMatchObject({ restarts: 1 });
    expect(await world.loaded()).toEqual(loadedNext());
  });

  test("a move to another folder that fails goes back to the earlier one, with the default of rolling back", async () => {
    const stack = world.stack();
    const earlier = next();
    const before = world.program({ a: earlier });
    expect(await stack.up(before)).toMatchObject({ errors: [] });
    const moved = { ...world.program({ a: next() }), server: { ...before.server, connectorsDirectory: "/opt/tableau/moved" } };
    await world.cluster.fault("apply-fails-after", "once");
    expect((await stack.up(moved)).errors).toEqual([expect.stringMatching(/The earlier set of simulated is back/)]);
    expect(await world.loaded()).toEqual([[`a_jdbc 1.${turn - 1}.0`]]);
    expect((await world.live()).map((files) => Object.keys(files))).toEqual([["a_jdbc.taco"]]);
    expect(await world.cluster.state()).toMatchObject({ status: "RUNNING", pending: {} });
    await stack.refresh();
    const cost = await world.cost(async () => expect(await stack.up(before)).toMatchObject({ errors: [] }));
    expect(cost).toMatchObject({ restarts: 0, calls: [] });
  });
});
