import { readFileSync } from "node:fs";
import { nothing, type Program, World } from "./support";

const pathKey = "native_api.connect_plugins_path";
const flagKey = "native_api.disable_verify_connector_plugin_signature";

describe("one owner", () => {
  let world: World;
  let a1: string, b1: string;
  beforeAll(async () => {
    world = await World.start({ nodes: 1 });
    [a1, b1] = [world.package("a_jdbc", "1.0.0"), world.package("b_jdbc", "1.0.0")];
  });
  afterAll(() => world.stop());

  test("a second stack is refused with the first one's name, and takes over only when told to", async () => {
    const [first, second] = [world.stack("first"), world.stack("second")];
    expect(await first.up(world.program({ a: a1 }))).toMatchObject({ errors: [] });
    const live = await world.live();
    const refused = await world.cost(async () => {
      expect((await second.up(world.program({ b: b1 }))).errors).toEqual([expect.stringMatching(/belong to the stack test\/first/)]);
    });
    expect(refused).toMatchObject({ restarts: 0, calls: [] });
    expect(await world.live()).toEqual(live);
    expect(
      await world.cost(async () => expect(await second.up(world.program({ b: b1 }, { takeOver: true }))).toMatchObject({ errors: [] })),
    ).toMatchObject({ restarts: 1 });
    expect(await world.loaded()).toEqual([["b_jdbc 1.0.0"]]);
    // The first one is not the owner any more: it is refused, and its destroy touches nothing.
    await first.refresh();
    expect((await first.up(world.program({ a: a1 }))).errors).toEqual([expect.stringMatching(/belong to the stack test\/second/)]);
    expect(await world.cost(async () => expect(await first.destroy()).toMatchObject({ errors: [] }))).toEqual(nothing);
    expect(await world.loaded()).toEqual([["b_jdbc 1.0.0"]]);
    await second.destroy();
    expect(await world.live()).toEqual([{}]);
  });

  test("two ups at once: one waits and is told for whom, never interleaved", async () => {
    const [first, second] = [world.stack("left"), world.stack("right")];
    world.said.length = 0;
    const both = await Promise.all([first.up(world.program({ a: a1 })), second.up(world.program({ b: b1 }))]);
    const failed = both.flatMap(({ errors }) => errors);
    expect(failed).toEqual([expect.stringMatching(/belong to the stack test\/(left|right)/)]);
    const winner = both[0].errors.length === 0 ? ["a_jdbc 1.0.0"] : ["b_jdbc 1.0.0"];
    expect(await world.loaded()).toEqual([winner]);
    expect(world.said.some((line) => line.includes("wait for the lock"))).toBe(true);
    // The same stack twice, as two runs of one program: both end right, with one restart between them.
    await Promise.all([first.destroy(), second.destroy()]);
    const cost = await world.cost(async () => {
      const twice = await Promise.all([world.stack("left").up(world.program({ a: a1 })), world.stack("left").up(world.program({ a: a1 }))]);
      expect(twice.flatMap(({ errors }) => errors)).toEqual([]);
    });
    expect(cost).toMatchObject({ restarts: 1 });
    await first.destroy();
  });

  test("a lock that stays held is refused with the holder's name", async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let reached: () => void = () => undefined;
    const placing = new Promise<void>((resolve) => (reached = resolve));
    world.pool.before = async ({ name }) => {
      if (name !== "place") return;
      reached();
      await held;
    };
    const slow = world.stack("slow").up(world.program({ a: a1 }));
    await placing;
    world.pool.before = undefined;
    const impatient = await world.stack("impatient").up(world.program({ b: b1 }, { timeouts: { restart: 1 } }));
    expect(impatient.errors).toEqual([expect.stringMatching(/is being changed by test\/slow/)]);
    release();
    expect(await slow).toMatchObject({ errors: [] });
    await world.stack("slow").destroy();
  });
});

describe("topology", () => {
  let world: World;
  let a1: string;
  beforeAll(async () => {
    world = await World.start();
    a1 = world.package("a_jdbc", "1.0.0");
  });
  afterAll(() => world.stop());
  const withNodes = (names: readonly string[], extra: Partial<Program["server"]> = {}): Program => {
    const { server } = world.cluster;
    const [first] = server.nodes;
    const nodes = names.map((name) => server.nodes.find((node) => node.name === name) ?? { ...first, name });
    return { ...world.program({ a: a1 }), server: { ...server, ...extra, nodes } };
  };

  test("a node missing, one too many, or another name in nodes: refused with both lists", async () => {
    const cost = await world.cost(async () => {
      for (const names of [["node1"], ["node1", "node2", "node3"], ["node1", "second"]]) {
        const { errors } = await world.stack().up(withNodes(names));
        expect(errors).toEqual([
          expect.stringContaining(`lists the nodes ${[...names].sort().join(", ")}; the server says it consists of node1, node2`),
        ]);
      }
    });
    expect(cost).toMatchObject({ restarts: 0, calls: [] });
    expect(await world.live()).toEqual([{}, {}]);
  });

  test("a part of the cluster is accepted when told so", async () => {
    expect(await world.stack("partial").up(withNodes(["node1"], { allowPartialCluster: true }))).toMatchObject({ errors: [] });
    expect(Object.keys((await world.live())[1] ?? {})).toEqual([]);
    await world.stack("partial").destroy();
  });

  test("a node that joins later is drift, refused until it is listed, and then gets everything", async () => {
    const stack = world.stack();
    expect(await stack.up(world.program({ a: a1 }))).toMatchObject({ errors: [] });
    const before = world.program({ a: a1 });
    await world.cluster.addNode();
    expect(await stack.refresh()).toMatchObject({ steps: { config: "refresh" } });
    expect(stack.get("config")?.inputs["topology"]).toEqual(["node1", "node2", "node3"]);
    expect((await stack.up(before)).errors).toEqual([
      expect.stringContaining("lists the nodes node1, node2; the server says it consists of node1, node2, node3"),
    ]);
    const cost = await world.cost(async () => expect(await stack.up(world.program({ a: a1 }))).toMatchObject({ errors: [] }));
    expect(cost).toMatchObject({ restarts: 1, applies: 0 });
    expect(await world.loaded()).toEqual([["a_jdbc 1.0.0"], ["a_jdbc 1.0.0"], ["a_jdbc 1.0.0"]]);
  });
});

describe("what would break others", () => {
  let world: World;
  let a1: string, x1: string;
  beforeAll(async () => {
    world = await World.start({ nodes: 1 });
    [a1, x1] = [world.package("a_jdbc", "1.0.0"), world.package("x_jdbc", "1.0.0", { signed: "none" })];
  });
  afterAll(() => world.stop());
  const put = async (folder: string): Promise<void> => {
    await world.cluster.run(
      "node1",
      `mkdir -p ${folder} && echo ${readFileSync(x1).toString("base64")} | base64 -d > ${folder}/x_jdbc.taco`,
    );
  };
  const set = async (...keys: [string, string][]): Promise<void> => {
    for (const [key, value] of keys) await world.cluster.tsm(["configuration", "set", "-k", key, "-v", value, "--force-keys"]);
    await world.cluster.tsm(["pending-changes", "apply", "--ignore-prompt"]);
  };
  const unset = async (key: string): Promise<void> => {
    await world.cluster.tsm(["configuration", "set", "-k", key, "-d", "--force-keys"]);
    await world.cluster.tsm(["pending-changes", "apply", "--ignore-prompt"]);
  };

  test.each([
    ["verification turned on", "/opt/tableau/connectors", flagKey, "true", { disableVerifyConnectorPluginSignature: false }],
    ["the path moved away", "/opt/tableau/elsewhere", pathKey, "/opt/tableau/elsewhere", { connectPluginsPath: "/opt/tableau/connectors" }],
  ] as const)(
    "%s while an unlisted connector needs it: refused with its name, accepted when told so",
    async (_what, folder, key, value, config) => {
      await put(folder);
      await set([key, value]);
      const stack = world.stack();
      const cost = await world.cost(async () => {
        expect((await stack.up(world.program({ a: a1 }, config))).errors).toEqual([expect.stringContaining("x_jdbc.taco")]);
      });
      expect(cost).toMatchObject({ restarts: 0, applies: 0, calls: [] });
      expect((await world.cluster.state()).applied[key]).toBe(value);
      const accepted = await world.cost(async () => {
        expect(await stack.up(world.program({ a: a1 }, { ...config, acceptBreaking: ["x_jdbc.taco"] }))).toMatchObject({ errors: [] });
      });
      expect(accepted).toMatchObject({ restarts: 1, applies: 1 });
      await stack.destroy();
      await world.cluster.run("node1", `rm -f ${folder}/x_jdbc.taco`);
      await unset(key);
    },
  );

  test("an unlisted package of a listed class that would win is refused, one that loses is warned about", async () => {
    const newer = world.package("a_jdbc", "9.0.0", { fileName: "newer.taco" });
    await world.cluster.run("node1", `echo ${readFileSync(newer).toString("base64")} | base64 -d > /opt/tableau/connectors/newer.taco`);
    expect((await world.stack().up(world.program({ a: a1 }))).errors).toEqual([
      expect.stringMatching(/\[node1\].*newer\.taco holds the class a_jdbc too/),
    ]);
    expect(await world.stack().up(world.program({ a: a1 }, { unlistedConnectors: "retire" }))).toMatchObject({ errors: [] });
    const older = world.package("a_jdbc", "0.1.0", { fileName: "older.taco" });
    await world.cluster.run("node1", `echo ${readFileSync(older).toString("base64")} | base64 -d > /opt/tableau/connectors/older.taco`);
    await world.stack().refresh();
    expect(await world.stack().up(world.program({ a: a1 }, { timeouts: { ready: 100 } }))).toMatchObject({ errors: [] });
    expect(world.said.some((line) => line.includes("older.taco holds the class a_jdbc too; Tableau loads the listed"))).toBe(true);
    await world.stack().destroy();
  });
});

describe("hold", () => {
  let world: World;
  let a1: string, a2: string;
  beforeAll(async () => {
    world = await World.start({ nodes: 1 });
    [a1, a2] = [world.package("a_jdbc", "1.0.0"), world.package("a_jdbc", "1.1.0")];
  });
  afterAll(() => world.stop());

  test("delivers and checks, changes nothing live; then now makes one restart; destroy waits for now", async () => {
    const stack = world.stack();
    const config = { disableVerifyConnectorPluginSignature: true };
    expect(await stack.up(world.program({ a: a1 }, config))).toMatchObject({ errors: [] });
    const live = await world.live();
    const held = world.program({ a: a2 }, { disableVerifyConnectorPluginSignature: false, activation: "hold" });
    const cost = await world.cost(async () => expect(await stack.up(held)).toMatchObject({ errors: [] }));
    expect(cost).toEqual({
      restarts: 0,
      applies: 0,
      calls: [],
      scripts: ["node1 deliver"],
    });
    expect(await world.live()).toEqual(live);
    expect(await world.cluster.state()).toMatchObject({ pending: {}, applied: { [flagKey]: "true" } });
    expect(stack.get("config")?.outs["activationDue"]).toEqual(expect.stringContaining("one restart"));
    // Again, and after a refresh: still held, still due.
    expect(await world.cost(async () => expect(await stack.up(held)).toMatchObject({ errors: [] }))).toEqual(nothing);
    await stack.refresh();
    expect(stack.get("config")?.outs["activationDue"]).toEqual(expect.stringContaining("one restart"));
    expect(await world.cost(() => stack.up(held))).toEqual(nothing);
    expect((await stack.destroy()).errors).toEqual([expect.stringMatching(/on hold/)]);
    const now = world.program({ a: a2 }, { disableVerifyConnectorPluginSignature: false });
    expect((await stack.preview(now)).steps).toMatchObject({ config: "update" });
    expect(await world.cost(async () => expect(await stack.up(now)).toMatchObject({ errors: [] }))).toMatchObject({
      restarts: 1,
      applies: 1,
    });
    expect(stack.get("config")?.outs["activationDue"] ?? null).toBeNull();
    expect(await world.loaded()).toEqual([["a_jdbc 1.1.0"]]);
    expect(await world.cost(() => stack.up(now))).toEqual(nothing);
    expect(await world.cost(async () => expect(await stack.destroy()).toMatchObject({ errors: [] }))).toMatchObject({ restarts: 1 });
  });

  test("hold on a first deployment, then dropped: nothing was ever live, and destroy touches nothing live", async () => {
    const stack = world.stack("fresh");
    expect(
      await world.cost(async () => expect(await stack.up(world.program({ a: a1 }, { activation: "hold" }))).toMatchObject({ errors: [] })),
    ).toMatchObject({ restarts: 0, calls: [] });
    expect(await world.live()).toEqual([{}]);
    expect(await world.cost(async () => expect(await stack.destroy()).toMatchObject({ errors: [] }))).toMatchObject({
      restarts: 0,
      calls: [],
    });
    // Nobody owns the server any more.
    expect(await world.stack("next").up(world.program({ a: a1 }))).toMatchObject({ errors: [] });
  });
});
