import { isWhole, nothing, type Program, type StackImitation, World } from "./support";

describe("an owner known by its token", () => {
  let world: World;
  let a1: string, a2: string;
  beforeAll(async () => {
    world = await World.start({ nodes: 1 });
    [a1, a2] = [world.package("a_jdbc", "1.0.0"), world.package("a_jdbc", "1.1.0")];
  });
  afterAll(() => world.stop());

  let stacks = 0;
  /** A new stack that owns the server and runs version 1.0.0 on it. */
  const deployed = async (): Promise<StackImitation> => {
    stacks += 1;
    const stack = world.stack(`dev${String(stacks)}`);
    await expectUp(stack, world.program({ a: a1 }, { takeOver: true }));
    await expectUp(stack, world.program({ a: a1 }));
    world.said.length = 0;
    return stack;
  };
  const expectUp = async (stack: StackImitation, program: Program): Promise<void> => {
    expect(await stack.up(program)).toMatchObject({ errors: [] });
  };
  const restarts = async (step: () => Promise<unknown>): Promise<number> => (await world.cost(step)).restarts;
  const tokenOf = (stack: StackImitation): unknown => stack.get("config")?.outs["ownerToken"];

  test("a renamed stack goes on: no restart, the names follow, the token is renewed, and a warning names the earlier one", async () => {
    const dev = await deployed();
    const before = tokenOf(dev);
    const renamed = dev.copyTo("renamed");
    const program = world.program({ a: a1 });
    await renamed.preview(program);
    expect(world.said.join("\n")).toMatch(/renamed.*No restart/);
    expect(await restarts(() => expectUp(renamed, program))).toBe(0);
    expect(world.said.join("\n")).toMatch(new RegExp(`test/${dev.name} .*until now.*test/renamed`));
    expect(tokenOf(renamed)).not.toBe(before);
    expect(await world.cost(() => expectUp(renamed, program))).toEqual(nothing);
    await renamed.refresh();
    expect(await restarts(() => expectUp(renamed, world.program({ a: a2 })))).toBe(1);
    expect(await restarts(() => renamed.destroy())).toBe(1);
  });

  test("of two copies the one that goes first goes on, and the other is refused in words of its own", async () => {
    const dev = await deployed();
    const copy = dev.copyTo("copy");
    expect(await restarts(() => expectUp(copy, world.program({ a: a1 })))).toBe(0);
    const refused = await world.cost(async () => {
      expect((await dev.up(world.program({ a: a2 }))).errors).toEqual([expect.stringMatching(/This state is a copy.*test\/copy/s)]);
    });
    expect(refused).toMatchObject({ restarts: 0, calls: [] });
    expect(await world.loaded()).toEqual([["a_jdbc 1.0.0"]]);
    // A refresh of the other one says so, too; its destroy touches nothing and tells it.
    expect(await dev.refresh()).toMatchObject({ steps: { config: "refresh" } });
    world.said.length = 0;
    await dev.preview(world.program({ a: a1 }));
    expect(world.said.join("\n")).toMatch(/belongs to the stack test\/copy/);
    expect(await world.cost(async () => expect(await dev.destroy()).toMatchObject({ errors: [] }))).toEqual(nothing);
    expect(world.said.join("\n")).toMatch(/test\/copy/);
    await expectUp(copy, world.program({ a: a2 }));
    await copy.destroy();
  });

  test("the same where the original goes first", async () => {
    const dev = await deployed();
    const copy = dev.copyTo("copy");
    await expectUp(dev, world.program({ a: a2 }));
    expect((await copy.up(world.program({ a: a1 }))).errors).toEqual([expect.stringMatching(/This state is a copy.*test\/dev/s)]);
    expect(await world.loaded()).toEqual([["a_jdbc 1.1.0"]]);
    // Told to, it takes the server over; then the original is the one that is refused.
    await expectUp(copy, world.program({ a: a1 }, { takeOver: true }));
    expect((await dev.up(world.program({ a: a1 }))).errors).toHaveLength(1);
    await copy.destroy();
  });

  // PULUMI_TABLEAU_SCENARIOS=whole has both at each script; without it the one at every second, and the other at those between.
  const stride = isWhole ? 1 : 2;
  test.each([
    ["the engine dies before it has saved the state", 0],
    ["the script fails, and the engine saves what it is told", stride - 1],
  ])("at each script of an update under a new name %s: the next up goes on, without a restart", async (how, first) => {
    // What fails goes on failing, so looks are not repeated for long.
    const limits = { timeouts: { ready: 1 } };
    let [dev, program] = [await deployed(), world.program({ a: a1 }, limits)];
    let [point, failed] = [first, true];
    for (; failed; point += stride) {
      const renamed = dev.copyTo(`renamed${String(point)}`);
      const attempt = how.includes("dies") ? renamed.copyTo(renamed.name) : renamed;
      let scripts = 0;
      failed = false;
      world.pool.before = () => {
        failed = scripts >= point;
        scripts += 1;
        if (failed) throw new Error("no more");
      };
      await attempt.up(program);
      world.pool.before = undefined;
      // Were one due still, the next turn would meet it.
      expect({ point, restarts: await restarts(() => expectUp(renamed, program)) }).toEqual({ point, restarts: 0 });
      dev = renamed;
    }
    expect(await restarts(() => expectUp(dev, program))).toBe(0);
    expect(point).toBeGreaterThan(3);
    program = world.program({ a: a2 }, limits);
    expect(await restarts(() => expectUp(dev, program))).toBe(1);
    await dev.destroy();
  });

  test("a stack under its old name again, from an older state, is no copy", async () => {
    const dev = await deployed();
    const older = dev.copyTo(dev.name);
    await expectUp(dev, world.program({ a: a2 }));
    expect(await restarts(() => expectUp(older, world.program({ a: a2 })))).toBe(0);
    expect(await restarts(() => older.destroy())).toBe(1);
  });

  test("hold under a new name keeps what is due, and no activation is lost", async () => {
    const dev = await deployed();
    const renamed = dev.copyTo("held");
    expect(await restarts(() => expectUp(renamed, world.program({ a: a2 }, { activation: "hold" })))).toBe(0);
    expect((await dev.up(world.program({ a: a2 }))).errors).toEqual([expect.stringMatching(/This state is a copy/)]);
    expect(await restarts(() => expectUp(renamed, world.program({ a: a2 })))).toBe(1);
    await renamed.destroy();
  });
});

describe("two configs of one program", () => {
  let world: World;
  let a1: string, a2: string, b1: string;
  beforeAll(async () => {
    world = await World.start({ nodes: 1 });
    [a1, a2, b1] = [world.package("a_jdbc", "1.0.0"), world.package("a_jdbc", "1.1.0"), world.package("b_jdbc", "1.0.0")];
  });
  afterAll(() => world.stop());

  const packages = (a: string): Record<string, string> => ({ a, b: b1 });
  const both = (server = world.cluster.server): Program => ({
    ...world.program(packages(a1)),
    configName: "first",
    listed: ["a"],
    furtherConfigs: { second: { connectors: ["b"], server } },
  });
  const firstAlone = (a: string): Program => ({ ...world.program(packages(a)), configName: "first", listed: ["a"] });
  const everywhere = (...connectors: string[]): string[][] => [connectors];

  test("for one server are refused in preview, both named, and nothing is touched", async () => {
    const cost = await world.cost(async () => {
      const { errors } = await world.stack("both").preview(both());
      expect(errors).toEqual([expect.stringMatching(/^server: is the server of two resources, "first" and "second" \(127\.0\.0\.1:\d+\)/)]);
    });
    expect(cost).toEqual(nothing);
  });

  test("that reach one server by different addresses: the second is refused, and takes nothing from the first", async () => {
    const { server } = world.cluster;
    const nodes = server.nodes.map(({ connection, ...node }) => ({
      ...node,
      ...(connection === undefined ? {} : { connection: { ...connection, host: "localhost" } }),
    }));
    const stack = world.stack("addresses");
    expect((await stack.preview(both({ ...server, nodes }))).errors).toEqual([]);
    const { errors } = await stack.up(both({ ...server, nodes }));
    expect(errors).toEqual([expect.stringMatching(/belong to another resource of this program: \S+::first\. This is \S+::second\./)]);
    expect(await world.loaded()).toEqual(everywhere("a_jdbc 1.0.0"));
    // The second was never made, and the first goes on without it.
    expect(await world.cost(async () => expect(await stack.up(firstAlone(a1))).toMatchObject({ errors: [] }))).toMatchObject({
      restarts: 0,
    });
    await stack.destroy();
  });

  /** A state with both, as an earlier version left it: the second has taken the server from the first. */
  const takenOver = async (name: string): Promise<StackImitation> => {
    const stack = world.stack(name);
    expect(await stack.up(firstAlone(a1))).toMatchObject({ errors: [] });
    const second = stack.copyTo(name);
    for (const urn of [...second.resources.keys()].filter((one) => one.endsWith("::first"))) second.resources.delete(urn);
    expect(await second.up({ ...world.program(packages(a1)), configName: "second", listed: ["b"] })).toMatchObject({ errors: [] });
    for (const [urn, state] of second.resources) stack.resources.set(urn, state);
    expect(await world.loaded()).toEqual(everywhere("b_jdbc 1.0.0"));
    return stack;
  };

  test("when the second leaves the program, the first goes forward without takeOver, and the end of the second touches nothing", async () => {
    const stack = await takenOver("forward");
    const cost = await world.cost(async () => {
      expect(await stack.up(firstAlone(a2))).toMatchObject({ errors: [], steps: { first: "update", second: "delete" } });
    });
    expect(cost).toMatchObject({ restarts: 1 });
    expect(await world.loaded()).toEqual(everywhere("a_jdbc 1.1.0"));
    expect(await world.cost(() => stack.up(firstAlone(a2)))).toEqual(nothing);
    await stack.destroy();
  });

  test("the same where nothing else changes: nothing is touched, and the next refresh tells what differs", async () => {
    const stack = await takenOver("unchanged");
    world.said.length = 0;
    const cost = await world.cost(async () => {
      expect(await stack.up(firstAlone(a1))).toMatchObject({ errors: [], steps: { first: "same", second: "delete" } });
    });
    expect(cost).toEqual(nothing);
    expect(world.said.join("\n")).toMatch(/is left as it is: "first" lists its connectors now\. Run `pulumi up --refresh`/);
    expect(await stack.refresh()).toMatchObject({ steps: { first: "refresh" } });
    expect(await world.cost(async () => expect(await stack.up(firstAlone(a1))).toMatchObject({ errors: [] }))).toMatchObject({
      restarts: 1,
    });
    expect(await world.loaded()).toEqual(everywhere("a_jdbc 1.0.0"));
    await stack.destroy();
  });

  test.each(["under another name", "after its state was deleted"])(
    "a create %s that fails before it owns the server is no obstacle for itself",
    async (how) => {
      const stack = world.stack(how.replaceAll(" ", "-"));
      expect(await stack.up(firstAlone(a1))).toMatchObject({ errors: [] });
      const program = how.includes("name") ? { ...firstAlone(a2), configName: "renamed" } : firstAlone(a2);
      if (!how.includes("name")) {
        for (const urn of [...stack.resources.keys()].filter((one) => one.endsWith("::first"))) stack.resources.delete(urn);
      }
      world.pool.before = ({ name }) => {
        if (name === "stage") throw new Error("no room");
      };
      expect(await stack.up(program)).toMatchObject({ errors: [expect.stringContaining("no room")] });
      world.pool.before = undefined;
      expect(stack.get(program.configName ?? "")?.outs["ownerToken"]).toBeUndefined();
      expect(await stack.up(program)).toMatchObject({ errors: [] });
      expect(await world.loaded()).toEqual(everywhere("a_jdbc 1.1.0"));
      expect(await world.cost(() => stack.destroy())).toMatchObject({ restarts: 1 });
    },
  );
});
