import { appendFileSync, readFileSync, rmSync } from "node:fs";
import { nothing, World } from "./support";

const pathKey = "native_api.connect_plugins_path";
const flagKey = "native_api.disable_verify_connector_plugin_signature";

describe("what a change set costs", () => {
  let world: World;
  let a1: string, a2: string, b1: string;
  beforeAll(async () => {
    world = await World.start({ nodes: 1 });
    [a1, a2, b1] = [world.package("a_jdbc", "1.0.0"), world.package("a_jdbc", "1.1.0"), world.package("b_jdbc", "1.0.0")];
  });
  afterAll(() => world.stop());
  afterEach(async () => expect((await world.cluster.state()).pending).toEqual({}));

  const destroy = async (): Promise<void> => expect(await world.stack().destroy()).toMatchObject({ errors: [] });
  const up = async (...program: Parameters<World["program"]>): ReturnType<World["cost"]> => await world.up(world.program(...program));

  test("nothing differs: nothing that changes anything runs on any node, and no tsm that changes", async () => {
    expect(await up({ a: a1, b: b1 })).toMatchObject({ restarts: 1, applies: 0, calls: ["restart"] });
    expect(await up({ a: a1, b: b1 })).toEqual(nothing);
    expect(await world.cost(() => world.stack().refresh())).toEqual(nothing);
    expect((await world.stack().preview(world.program({ a: a1, b: b1 }))).steps).toEqual({ a: "same", b: "same", config: "same" });
    expect(await up({ a: a1, b: b1 })).toEqual(nothing);
    // Also where the engine calls update: a changed time limit concerns the program alone.
    expect(await up({ a: a1, b: b1 }, { timeouts: { ready: 1000 } })).toEqual(nothing);
  });

  test("a file changed alone: one restart, no apply", async () => {
    await up({ a: a1 });
    expect(await up({ a: a2 })).toMatchObject({ restarts: 1, applies: 0, calls: ["restart"] });
    expect(await world.loaded()).toEqual([["a_jdbc 1.1.0"]]);
  });

  test("both keys changed, with a file and without one: one apply and no second restart", async () => {
    await up({ a: a1 });
    const config = { disableVerifyConnectorPluginSignature: true, connectPluginsPath: "/opt/tableau/connectors" };
    expect(await up({ a: a1 }, config)).toMatchObject({ restarts: 1, applies: 1 });
    expect((await world.cluster.state()).applied).toMatchObject({ [flagKey]: "true", [pathKey]: "/opt/tableau/connectors" });
    expect(await up({ a: a1 }, config)).toEqual(nothing);
    expect(await world.cost(() => world.stack().destroy())).toMatchObject({ restarts: 1 });
    expect(await up({ a: a2 }, config)).toMatchObject({ restarts: 1, applies: 1 });
    expect(await world.loaded()).toEqual([["a_jdbc 1.1.0"]]);
  });

  test("a stopped server is neither restarted nor started, also for a key, which is applied; it loads at its next start", async () => {
    await up({ a: a1 });
    await world.cluster.stopServer();
    expect(await up({ a: a2, b: b1 })).toMatchObject({ restarts: 0, applies: 0, calls: [] });
    expect(await world.cluster.state()).toMatchObject({ status: "STOPPED" });
    await world.stack().refresh();
    expect(await up({ a: a2, b: b1 })).toEqual(nothing);
    const config = { disableVerifyConnectorPluginSignature: true };
    expect(await up({ a: a2, b: b1 }, config)).toMatchObject({ restarts: 0, applies: 1 });
    expect(await world.cluster.state()).toMatchObject({ status: "STOPPED", applied: { [flagKey]: "true" } });
    await world.stack().refresh();
    expect(await up({ a: a2, b: b1 }, config)).toEqual(nothing);
    await world.cluster.startServer();
    await world.stack().refresh();
    expect(await up({ a: a2, b: b1 }, config)).toEqual(nothing);
    expect(await world.loaded()).toEqual([["a_jdbc 1.1.0", "b_jdbc 1.0.0"]]);
  });

  test("one added, one changed, one dropped, a key and a trigger: one restart; then the trigger alone", async () => {
    await destroy();
    // New in a first deployment it causes none of its own.
    expect(await up({ a: a1, b: b1 }, { restartTriggers: ["driver 1"] })).toMatchObject({ restarts: 1 });
    const c1 = world.package("c_jdbc", "3.0.0");
    const config = { restartTriggers: ["driver 2"], disableVerifyConnectorPluginSignature: true };
    expect(await up({ a: a2, c: c1 }, config)).toMatchObject({ restarts: 1, applies: 1 });
    expect(await world.loaded()).toEqual([["a_jdbc 1.1.0", "c_jdbc 3.0.0"]]);
    expect(await up({ a: a2, c: c1 }, config)).toEqual(nothing);
    const triggered = { ...config, restartTriggers: { driver: "3" } };
    expect(await up({ a: a2, c: c1 }, triggered)).toMatchObject({ restarts: 1, applies: 0 });
    expect(await up({ a: a2, c: c1 }, triggered)).toEqual(nothing);
    const { restartTriggers: _dropped, ...rest } = triggered;
    expect(await up({ a: a2, c: c1 }, rest)).toMatchObject({ restarts: 0, applies: 0 });
  });

  test("an adopted file keeps its owner, also when its mode is repaired; one that we placed gets ours back", async () => {
    await destroy();
    // A namespace of a user who is not root has one owner only.
    const theirs = process.getuid?.() === 0 ? "tableau" : "root";
    const owners = async (): Promise<string[]> => {
      const files = (await world.cluster.state()).nodes.flatMap((node) => node.files.filter(({ path }) => path.endsWith(".taco")));
      return files.map(({ owner, mode }) => `${owner} ${mode}`);
    };
    const file = "/opt/tableau/connectors/a_jdbc.taco";
    await world.cluster.run(
      "node1",
      `mkdir -p /opt/tableau/connectors && echo ${readFileSync(a1).toString("base64")} | base64 -d > ${file} && chown ${theirs} ${file} && chmod 0664 ${file}`,
    );
    await world.cluster.tsm(["restart"]);
    expect(await up({ a: a1 })).toMatchObject({ restarts: 0, calls: [] });
    expect(await owners()).toEqual([`${theirs} 0644`]);
    expect(await up({ a: a1 })).toEqual(nothing);
    expect(await world.loaded()).toEqual([["a_jdbc 1.0.0"]]);
    expect(await up({ a: a2 })).toMatchObject({ restarts: 1 });
    expect(await owners()).toEqual(["root 0644"]);
    await world.cluster.run("node1", `chown ${theirs} /opt/tableau/connectors/a_jdbc.taco`);
    await world.stack().refresh();
    expect(await up({ a: a2 })).toMatchObject({ restarts: 0, calls: [] });
    expect(await owners()).toEqual(["root 0644"]);
  });

  test("a key that somebody changed is drift and is set back by one apply", async () => {
    const stack = world.stack();
    await up({ a: a1 }, { disableVerifyConnectorPluginSignature: false });
    await world.cluster.tsm(["configuration", "set", "-k", flagKey, "-v", "true", "--force-keys"]);
    await world.cluster.tsm(["pending-changes", "apply", "--ignore-prompt"]);
    await stack.refresh();
    expect(stack.get("config")?.inputs["disableVerifyConnectorPluginSignature"]).toBe(true);
    expect(await up({ a: a1 }, { disableVerifyConnectorPluginSignature: false })).toMatchObject({ restarts: 1, applies: 1 });
    expect((await world.cluster.state()).applied[flagKey]).toBe("false");
  });

  test("identical files that were there and are not loaded yet are adopted with one restart", async () => {
    await destroy();
    await world.cluster.run("node1", `echo ${readFileSync(a1).toString("base64")} | base64 -d > /opt/tableau/connectors/a_jdbc.taco`);
    expect(await up({ a: a1 })).toMatchObject({ restarts: 1, applies: 0 });
  });

  test("another file of that name is refused, and overwritten only when told to; the old one stays in the store", async () => {
    await destroy();
    await world.cluster.run("node1", "echo theirs > /opt/tableau/connectors/a_jdbc.taco");
    const refused = await world.cost(async () => {
      const { errors } = await world.stack().up(world.program({ a: a1 }));
      expect(errors).toEqual([expect.stringMatching(/\[node1\].*a_jdbc\.taco cannot be placed/)]);
    });
    expect(refused).toMatchObject({ restarts: 0, calls: [] });
    expect(await up({ a: a1 }, { overwriteUnmanaged: true })).toMatchObject({ restarts: 1 });
    const kept = (await world.cluster.state()).nodes[0]?.files.filter(({ path }) => path.includes("/store/"));
    expect(kept?.some(({ size }) => size === "theirs\n".length)).toBe(true);
  });

  test("other packages are kept and reported, or retired when told to", async () => {
    await destroy();
    const x1 = world.package("x_jdbc", "1.0.0");
    await world.cluster.run("node1", `echo ${readFileSync(x1).toString("base64")} | base64 -d > /opt/tableau/connectors/x_jdbc.taco`);
    await up({ a: a1 });
    expect(world.stack().get("config")?.outs["unlisted"]).toEqual(["node1/x_jdbc.taco"]);
    expect(await world.loaded()).toEqual([["a_jdbc 1.0.0", "x_jdbc 1.0.0"]]);
    expect(await up({ a: a1 }, { unlistedConnectors: "retire" })).toMatchObject({ restarts: 1 });
    expect(await world.loaded()).toEqual([["a_jdbc 1.0.0"]]);
    // One that comes later is drift.
    await world.cluster.run("node1", `echo ${readFileSync(x1).toString("base64")} | base64 -d > /opt/tableau/connectors/x_jdbc.taco`);
    expect(await world.stack().refresh()).toMatchObject({ steps: { config: "refresh" } });
    expect(await up({ a: a1 }, { unlistedConnectors: "retire" })).toMatchObject({ restarts: 1 });
  });

  test("a live file that is renamed in the program moves in one restart", async () => {
    await up({ a: a1 });
    const program = world.program({ a: a1 });
    const renamed = { ...program, connectors: { a: { source: a1, fileName: "renamed.taco" } } };
    const cost = await world.up(renamed);
    expect(cost).toMatchObject({ restarts: 1, applies: 0 });
    expect(Object.keys((await world.live())[0] ?? {})).toEqual(["renamed.taco"]);
    expect(await world.loaded()).toEqual([["a_jdbc 1.0.0"]]);
  });

  test("another name of the server or of the config: no restart, every file in place", async () => {
    await up({ a: a1 });
    const before = await world.live();
    const program = world.program({ a: a1 });
    const other = { ...program, server: { ...program.server, name: "other" }, configName: "renamed" };
    const cost = await world.cost(async () =>
      expect(await world.stack().up(other)).toMatchObject({ errors: [], steps: { renamed: "create", config: "delete" } }),
    );
    expect(cost).toMatchObject({ restarts: 0, applies: 0, calls: [] });
    expect(await world.live()).toEqual(before);
    expect(await world.cost(() => world.stack().up(other))).toEqual(nothing);
  });

  test("destroy retires the files, gives keys back and leaves no record", async () => {
    await destroy();
    await world.cluster.tsm(["configuration", "set", "-k", pathKey, "-v", "/opt/tableau/elsewhere", "--force-keys"]);
    await world.cluster.tsm(["pending-changes", "apply", "--ignore-prompt"]);
    await up({ a: a1 }, { connectPluginsPath: "/opt/tableau/connectors" });
    expect(await world.cost(() => world.stack().destroy())).toMatchObject({ restarts: 1, applies: 1 });
    const state = await world.cluster.state();
    expect(state.applied[pathKey]).toBe("/opt/tableau/elsewhere");
    expect(await world.live()).toEqual([{}]);
    expect(state.nodes[0]?.files.filter(({ path }) => /record|restart-required/.test(path))).toEqual([]);
    await world.cluster.tsm(["configuration", "set", "-k", pathKey, "-d", "--force-keys"]);
    await world.cluster.tsm(["pending-changes", "apply", "--ignore-prompt"]);
  });
});

describe("what a change set costs on two nodes", () => {
  let world: World;
  let a1: string, b1: string;
  beforeAll(async () => {
    world = await World.start();
    [a1, b1] = [world.package("a_jdbc", "1.0.0"), world.package("b_jdbc", "1.0.0")];
  });
  afterAll(() => world.stop());

  const up = async (...program: Parameters<World["program"]>): ReturnType<World["cost"]> => await world.up(world.program(...program));

  test("drift of every kind on node2 shows on that node and is repaired by one restart", async () => {
    const stack = world.stack();
    await up({ a: a1, b: b1 });
    appendFileSync(world.livePath("node2", "a_jdbc.taco"), "tampered");
    rmSync(world.livePath("node2", "b_jdbc.taco"));
    expect(await stack.refresh()).toMatchObject({ steps: { config: "refresh" }, errors: [] });
    expect(stack.get("config")?.inputs["live"]).toMatchObject({ node2: { "b_jdbc.taco": "absent" } });
    expect(await up({ a: a1, b: b1 })).toMatchObject({ restarts: 1, applies: 0 });
    expect((await world.live())[1]).toEqual((await world.live())[0]);
  });

  test("a mode that hides a file costs one restart to repair, one that does not costs none", async () => {
    const stack = world.stack();
    await up({ a: a1 });
    await world.cluster.run("node2", "chmod 0640 /opt/tableau/connectors/a_jdbc.taco");
    expect(await stack.refresh()).toMatchObject({ steps: { config: "refresh" } });
    expect(await up({ a: a1 })).toMatchObject({ restarts: 1 });
    await world.cluster.run("node2", "chmod 0664 /opt/tableau/connectors/a_jdbc.taco");
    await stack.refresh();
    expect(await up({ a: a1 })).toMatchObject({ restarts: 0, calls: [] });
    await stack.refresh();
    expect(await up({ a: a1 })).toEqual(nothing);
    await world.cluster.run("node1", "chmod 0700 /opt/tableau/connectors");
    await stack.refresh();
    expect(await up({ a: a1 })).toMatchObject({ restarts: 1 });
  });

  test("a wiped store is delivered again without a restart", async () => {
    await up({ a: a1 });
    await world.cluster.run("node2", "rm -rf /var/opt/pulumi-tableau/store");
    expect(await world.stack().refresh()).toMatchObject({ steps: { a: "refresh" } });
    expect(world.stack().get("a")?.outs["delivered"]).toMatchObject({ node2: "absent" });
    expect(await up({ a: a1 })).toMatchObject({ restarts: 0, calls: [], scripts: ["node2 deliver"] });
  });
});
