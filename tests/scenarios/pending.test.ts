import { randomUUID } from "node:crypto";
import { nothing, World } from "./support";

const flagKey = "native_api.disable_verify_connector_plugin_signature";
const foreignKey = "wgserver.domain.password";
const marker = `Marker-${randomUUID()}`;

describe("what somebody else left pending", () => {
  let world: World;
  let a1: string, a2: string;
  beforeAll(async () => {
    world = await World.start({ nodes: 1 });
    [a1, a2] = [world.package("a_jdbc", "1.0.0"), world.package("a_jdbc", "1.1.0")];
  });
  afterAll(() => world.stop());
  beforeEach(async () => {
    expect(await world.stack().up(world.program({ a: a1 }, { disableVerifyConnectorPluginSignature: false }))).toMatchObject({
      errors: [],
    });
  });
  afterEach(async () => {
    await world.cluster.tsm(["pending-changes", "discard"]);
    await world.cluster.tsm(["configuration", "set", "-k", foreignKey, "-d"]);
    await world.cluster.tsm(["pending-changes", "apply", "--ignore-prompt"]);
    // The value has been nowhere, whatever the test did.
    const { calls } = await world.cluster.state();
    const provider = calls.filter(({ pid }) => pid > 0);
    const seen = [provider, world.said, world.pool.ran, [...world.stack().resources.values()], world.stack().errors];
    expect(JSON.stringify(seen)).not.toContain(marker);
  });

  const setForeign = async (): Promise<void> => {
    expect(await world.cluster.tsm(["configuration", "set", "-k", foreignKey, "-v", marker])).toMatchObject({ status: 0 });
  };
  const withKey = (source: string, options = {}): ReturnType<World["program"]> =>
    world.program({ a: source }, { disableVerifyConnectorPluginSignature: true, ...options });

  test("keys have to be applied: refused and untouched, the key named, its value nowhere", async () => {
    await setForeign();
    const live = await world.live();
    const cost = await world.cost(async () => {
      const { errors } = await world.stack().up(withKey(a2));
      expect(errors).toEqual([expect.stringContaining(foreignKey)]);
    });
    expect(cost).toMatchObject({ restarts: 0, applies: 0, calls: [] });
    expect(await world.live()).toEqual(live);
    expect((await world.cluster.state()).pending).toEqual({ [foreignKey]: marker });
    await world.stack().refresh();
    await world.stack().preview(withKey(a2));
  });

  test("apply: applied along with ours, in one restart", async () => {
    await setForeign();
    const cost = await world.up(withKey(a2, { foreignPendingChanges: "apply" }));
    expect(cost).toMatchObject({ restarts: 1, applies: 1 });
    expect(await world.cluster.state()).toMatchObject({ pending: {}, applied: { [foreignKey]: marker, [flagKey]: "true" } });
    expect(world.said.some((line) => line.includes(foreignKey) && line.includes("will be applied too"))).toBe(true);
  });

  test("discard: thrown away, ours applied", async () => {
    await setForeign();
    const cost = await world.up(withKey(a2, { foreignPendingChanges: "discard" }));
    expect(cost).toMatchObject({ restarts: 1, applies: 1 });
    const state = await world.cluster.state();
    expect(state).toMatchObject({ pending: {}, applied: { [flagKey]: "true" } });
    expect(state.applied[foreignKey]).toBeUndefined();
  });

  test("files alone: restarted, the foreign change still pending, and reported", async () => {
    await setForeign();
    const program = world.program({ a: a2 }, { disableVerifyConnectorPluginSignature: false });
    const cost = await world.up(program);
    expect(cost).toMatchObject({ restarts: 1, applies: 0, calls: ["restart"] });
    expect((await world.cluster.state()).pending).toEqual({ [foreignKey]: marker });
    expect(world.said.some((line) => line.includes(foreignKey) && line.includes("stay"))).toBe(true);
    expect(await world.cost(() => world.stack().up(program))).toEqual(nothing);
  });

  test("topology changes are refused with every setting, and left pending; files alone go live beside them", async () => {
    await world.cluster.tsm(["topology", "set-process", "-n", "node1", "-pr", "vizqlserver", "-c", "2"]);
    expect((await world.cluster.state()).pendingTopology).toHaveLength(1);
    for (const [foreignPendingChanges, source] of [
      ["refuse", a2],
      ["apply", a1],
      ["discard", a2],
    ] as const) {
      const cost = await world.cost(async () => {
        expect((await world.stack().up(withKey(a2, { foreignPendingChanges }))).errors).toEqual([
          expect.stringMatching(/[Tt]opology changes are pending/),
        ]);
      });
      expect(cost).toMatchObject({ restarts: 0, applies: 0, calls: [] });
      expect((await world.cluster.state()).pendingTopology).toHaveLength(1);
      const files = await world.cost(async () => {
        const program = world.program({ a: source }, { disableVerifyConnectorPluginSignature: false, foreignPendingChanges });
        expect(await world.stack().up(program)).toMatchObject({ errors: [] });
      });
      expect(files).toMatchObject({ restarts: 1, applies: 0 });
      expect((await world.cluster.state()).pendingTopology).toHaveLength(1);
    }
  });

  test("somebody set one of our keys by hand and did not apply it: theirs, and refused", async () => {
    await world.cluster.tsm(["configuration", "set", "-k", "native_api.connect_plugins_path", "-v", "/srv/theirs", "--force-keys"]);
    const cost = await world.cost(async () => {
      expect((await world.stack().up(withKey(a1))).errors).toEqual([expect.stringContaining("native_api.connect_plugins_path")]);
    });
    expect(cost).toMatchObject({ restarts: 0, applies: 0, calls: [] });
    expect((await world.cluster.state()).pending).toEqual({ "native_api.connect_plugins_path": "/srv/theirs" });
  });

  test("a foreign set that comes at any point before our last look is refused, and never applied", async () => {
    const stack = world.stack();
    const base = world.program({ a: a1 }, { disableVerifyConnectorPluginSignature: false });
    // Which calls of tsm an activation of a file and a key makes, up to the last list of what is pending.
    const { length } = (await world.cluster.state()).calls;
    expect(await stack.up(withKey(a2))).toMatchObject({ errors: [] });
    const calls = (await world.cluster.state()).calls.slice(length).map(({ argv }) => argv.slice(0, 2).join(" "));
    const lastLook = calls.slice(0, calls.indexOf("pending-changes apply")).lastIndexOf("pending-changes list");
    expect(lastLook).toBeGreaterThan(5);
    const before = await world.live();
    for (let moment = 0; moment < lastLook; moment++) {
      expect(await stack.up(base)).toMatchObject({ errors: [] });
      let count = 0;
      const stop = world.cluster.onCall(async () => {
        if (count++ === moment) await setForeign();
      });
      const cost = await world.cost(async () => {
        const { errors } = await stack.up(withKey(a2));
        expect({ moment, call: calls[moment], errors }).toEqual({
          moment,
          call: calls[moment],
          errors: [expect.stringContaining(foreignKey)],
        });
      });
      stop();
      const state = await world.cluster.state();
      expect({ moment, restarts: cost.restarts, applies: cost.applies, applied: state.applied[foreignKey] }).toEqual({
        moment,
        restarts: 0,
        applies: 0,
        applied: undefined,
      });
      expect(state.pending[foreignKey]).toBe(marker);
      await world.cluster.tsm(["configuration", "set", "-k", foreignKey, "-d"]);
      await world.cluster.tsm(["pending-changes", "discard"]);
    }
    // What was refused so often is made up for at once.
    await stack.refresh();
    const again = await world.cost(async () => expect(await stack.up(withKey(a2))).toMatchObject({ errors: [] }));
    expect(again).toMatchObject({ restarts: 1, applies: 1 });
    expect(await world.live()).toEqual(before);
  }, 600_000);
});
