import { rmSync } from "node:fs";
import { nothing, World, type Program } from "./support";

const pathKey = "native_api.connect_plugins_path";
const flagKey = "native_api.disable_verify_connector_plugin_signature";

/** The applied values of the two keys; the server has others. */
async function keysOf(world: World): Promise<Record<string, string>> {
  const { applied } = await world.cluster.state();
  return Object.fromEntries(Object.entries(applied).filter(([key]) => key === pathKey || key === flagKey));
}

describe("an argument that leaves the program", () => {
  let world: World;
  let a1: string, a2: string;
  beforeAll(async () => {
    world = await World.start({ nodes: 1 });
    [a1, a2] = [world.package("a_jdbc", "1.0.0"), world.package("a_jdbc", "1.1.0")];
  });
  afterAll(async () => {
    expect(await world.stack().destroy()).toMatchObject({ errors: [] });
    expect(await keysOf(world)).toEqual({});
  });
  afterAll(() => world.stop());

  const up = async (program: Program): Promise<void> => expect(await world.stack().up(program)).toMatchObject({ errors: [] });
  const applied = (): Promise<Record<string, string>> => keysOf(world);

  /** What a preview says of the config, and what the `up` after it costs. */
  async function change(program: Program): Promise<{ readonly says: string; readonly restarts: number }> {
    const position = world.said.length;
    expect(await world.stack().preview(program)).toMatchObject({ errors: [] });
    const says = world.said.slice(position).join("\n");
    const { restarts } = await world.cost(() => up(program));
    expect(await world.cost(() => up(program))).toEqual(nothing);
    return { says, restarts };
  }

  test("its key goes back in the same apply, and preview says so; with new files beside it there is one restart for all", async () => {
    await up(world.program({ a: a1 }, { disableVerifyConnectorPluginSignature: true, connectPluginsPath: "/srv/other" }));
    expect(await applied()).toEqual({ [flagKey]: "true", [pathKey]: "/srv/other" });
    const both = await change(world.program({ a: a1 }));
    expect(both.says).toMatch(/disableVerifyConnectorPluginSignature is no longer given and goes back from "true" to not set/);
    expect(both.says).toMatch(/connectPluginsPath is no longer given and goes back from "\/srv\/other" to not set/);
    expect(both.says).toMatch(/to not set.*restarts simulated once/s);
    expect([both.restarts, await applied()]).toEqual([1, {}]);

    // A path that names the usual folder is no exception.
    await up(world.program({ a: a1 }, { connectPluginsPath: "/opt/tableau/connectors" }));
    expect(await applied()).toEqual({ [pathKey]: "/opt/tableau/connectors" });
    const withFile = await change(world.program({ a: a2 }));
    expect(withFile.says).toMatch(/goes back from "\/opt\/tableau\/connectors" to not set.*restarts simulated once/);
    expect([withFile.restarts, await applied()]).toEqual([1, {}]);
    expect(await world.loaded()).toEqual([["a_jdbc 1.1.0"]]);
  });

  test("to the value before us, where there was one, never to verification off, and never over what somebody else has set since", async () => {
    for (const [key, value] of [
      [flagKey, "true"],
      [pathKey, "/srv/theirs"],
    ] as const) {
      await world.cluster.tsm(["configuration", "set", "-k", key, "-v", value, "--force-keys"]);
    }
    await world.cluster.tsm(["pending-changes", "apply", "--ignore-prompt"]);
    await world.stack().refresh();
    await up(world.program({ a: a1 }, { disableVerifyConnectorPluginSignature: false, connectPluginsPath: "/srv/other" }));
    const before = await change(world.program({ a: a1 }));
    expect(before.says).toMatch(/goes back from "\/srv\/other" to "\/srv\/theirs"/);
    expect([before.restarts, await applied()]).toEqual([1, { [flagKey]: "false", [pathKey]: "/srv/theirs" }]);

    await up(world.program({ a: a1 }, { connectPluginsPath: "/srv/other" }));
    await world.cluster.tsm(["configuration", "set", "-k", pathKey, "-v", "/srv/since", "--force-keys"]);
    await world.cluster.tsm(["pending-changes", "apply", "--ignore-prompt"]);
    await world.stack().refresh();
    const { restarts } = await change(world.program({ a: a1 }));
    expect([restarts, await applied()]).toEqual([0, { [flagKey]: "false", [pathKey]: "/srv/since" }]);
    for (const key of [flagKey, pathKey]) await world.cluster.tsm(["configuration", "set", "-k", key, "-d", "--force-keys"]);
    await world.cluster.tsm(["pending-changes", "apply", "--ignore-prompt"]);
    // The next one is to know nothing of these.
    expect(await world.stack().destroy()).toMatchObject({ errors: [] });
  });

  test("connectorsDirectory and placement: the key that they needed goes back with the move, or alone", async () => {
    const base = world.program({ a: a1 });
    const placed = (more: Partial<Program["server"]>): Program => ({ ...base, server: { ...base.server, ...more } });
    await up(placed({ connectorsDirectory: "/opt/tableau/elsewhere" }));
    expect(await applied()).toEqual({ [pathKey]: "/opt/tableau/elsewhere" });
    const moved = await change(base);
    expect(moved.says).toMatch(/goes back from "\/opt\/tableau\/elsewhere" to not set/);
    expect([moved.restarts, await applied()]).toEqual([1, {}]);
    await up(placed({ placement: "path" }));
    expect(await applied()).toEqual({ [pathKey]: "/opt/tableau/connectors" });
    const alone = await change(base);
    expect(alone.says).toMatch(/goes back from "\/opt\/tableau\/connectors" to not set/);
    expect([alone.restarts, await applied()]).toEqual([1, {}]);
  });

  test("a restart that fails in between: the key still goes back afterwards", async () => {
    await up(world.program({ a: a1 }, { disableVerifyConnectorPluginSignature: true }));
    await world.cluster.fault("restart-fails", "always");
    expect((await world.stack().up(world.program({ a: a1 }))).errors).toHaveLength(1);
    await world.cluster.clearFaults();
    await world.cluster.startServer();
    await world.stack().refresh();
    await up(world.program({ a: a1 }));
    expect(await applied()).toEqual({});
  });

  test("on a server that does not tell values of forced keys, and on hold: nothing now, and once it may run the key goes back", async () => {
    await world.cluster.switch("forcedKeyAnswer", "unknown");
    await up(world.program({ a: a1 }, { disableVerifyConnectorPluginSignature: true }));
    const cost = await world.cost(() => up(world.program({ a: a1 }, { activation: "hold" })));
    expect([cost.restarts, await applied()]).toEqual([0, { [flagKey]: "true" }]);
    const { says, restarts } = await change(world.program({ a: a1 }));
    expect(says).toMatch(/goes back from "true" to not set/);
    expect([restarts, await applied()]).toEqual([1, {}]);
    await world.cluster.switch("forcedKeyAnswer", "value");
  });
});

describe("a record that is lost", () => {
  let world: World;
  let a1: string, a2: string;
  beforeAll(async () => {
    world = await World.start({ nodes: 1 });
    [a1, a2] = [world.package("a_jdbc", "1.0.0"), world.package("a_jdbc", "1.1.0")];
  });
  afterAll(() => world.stop());
  beforeEach(async () => {
    const config = { disableVerifyConnectorPluginSignature: true, connectPluginsPath: "/srv/other", restartTriggers: { one: 1 } };
    expect(await world.stack().up(world.program({ a: a1 }, config))).toMatchObject({ errors: [] });
    expect(await keysOf(world)).toEqual({ [flagKey]: "true", [pathKey]: "/srv/other" });
  });
  afterEach(() => world.stacks.clear());

  /** As when the role of the initial node goes to another one, or a node's state directory is made anew. */
  const lose = (): void => rmSync(world.cluster.nodePath("node1", `${world.cluster.paths.state}/record.json`));
  const left = async (): Promise<unknown> => {
    const { nodes } = await world.cluster.state();
    const files = nodes.flatMap(({ files: some }) => some.map(({ path }) => path));
    return {
      applied: await keysOf(world),
      files: files.filter((path) => path.startsWith(world.cluster.paths.connectors) || path.endsWith("record.json")),
    };
  };
  const none = { applied: {}, files: [] };
  const keeping = { disableVerifyConnectorPluginSignature: true, connectPluginsPath: "/srv/other", restartTriggers: { one: 1 } };

  test("destroy retires the connectors and gives the keys back", async () => {
    lose();
    const cost = await world.cost(async () => expect(await world.stack().destroy()).toMatchObject({ errors: [] }));
    expect(cost).toMatchObject({ restarts: 1 });
    expect(await left()).toEqual(none);
  });

  test("refresh says so, the next up writes it again, alone or with another change, a state directory moves, and destroy gives all back", async () => {
    lose();
    expect(await world.stack().refresh()).toMatchObject({ errors: [] });
    expect(world.said.at(-1)).toMatch(/the record of this program on simulated is missing or out of date\. No restart\./);
    const again = await world.up(world.program({ a: a1 }, keeping));
    expect(again).toMatchObject({ restarts: 0, applies: 0 });
    expect(await world.cost(() => world.stack().up(world.program({ a: a1 }, keeping)))).toEqual(nothing);

    lose();
    const base = world.program({ a: a2 }, keeping);
    const changed = await world.up(base);
    expect(changed).toMatchObject({ restarts: 1 });

    const elsewhere = { ...base, server: { ...base.server, stateDirectory: "/var/opt/moved" } };
    const moved = await world.up(elsewhere);
    expect(moved).toMatchObject({ restarts: 0, applies: 0 });
    expect(await world.stack().destroy()).toMatchObject({ errors: [] });
    expect(await keysOf(world)).toEqual({});
    expect(await world.live()).toEqual([{}]);
    lose();
  });

  test("an up of an argument that leaves gives its key back all the same", async () => {
    lose();
    expect(await world.stack().up(world.program({ a: a1 }))).toMatchObject({ errors: [] });
    expect(await keysOf(world)).toEqual({});
    expect(await world.stack().destroy()).toMatchObject({ errors: [] });
    expect(await left()).toEqual(none);
  });

  test("where a state of 0.1.0 knows nothing either, destroy says what stays and how to remove it", async () => {
    const stack = world.stack();
    for (const [urn, state] of stack.resources) {
      const { remembered: _unknown, ...outs } = state.outs;
      stack.resources.set(urn, { ...state, outs });
    }
    lose();
    const position = world.said.length;
    const cost = await world.cost(async () => expect(await stack.destroy()).toMatchObject({ errors: [] }));
    expect(cost).toEqual(nothing);
    const said = world.said.slice(position).join("\n");
    expect(said).toContain("The record of simulated is gone");
    expect(said).toContain("verifies no connector's signature");
    // The commands do what they say.
    for (const [, node = "", command = ""] of said.matchAll(/^\s+\[(node\d)\] (.*)$/gm)) {
      expect((await world.cluster.run(node, command)).status).toBe(0);
    }
    for (const [, command = ""] of said.matchAll(/^\s+tsm (.*)$/gm)) {
      // A person answers its question.
      const answered = command.endsWith(" apply") ? ["--ignore-prompt"] : [];
      expect((await world.cluster.tsm([...command.split(" "), ...answered])).status).toBe(0);
    }
    expect(await left()).toEqual(none);
  });
});
