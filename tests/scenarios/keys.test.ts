import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTaco } from "../../simulator";
import { nothing, type Program, World } from "./support";

const clients = "oauth.config.clients";
const timeout = "gateway.timeout";
const dynamic = "backgrounder.querylimit";
const secret = "hunter2-s3cr3t";
const oauth = (id: string): string => JSON.stringify([{ "oauth.config.id": id, "oauth.config.client_secret": secret }]);

describe("keys of tsm beside the two of the config", () => {
  let world: World;
  let a1: string, a2: string, b1: string;
  // What ran before the cluster can hold nothing of it.
  const earlier = new Set<string>();
  beforeAll(async () => {
    for (const pid of pids()) earlier.add(pid);
    world = await World.start({ nodes: 1 });
    [a1, a2, b1] = [world.package("a_jdbc", "1.0.0"), world.package("a_jdbc", "1.1.0"), world.package("b_jdbc", "1.0.0")];
  });
  afterAll(async () => {
    expect(await world.stack().destroy()).toMatchObject({ errors: [] });
    expect(await applied()).toEqual({ [timeout]: "7200" });
  });
  afterAll(() => world.stop());

  const applied = async (): Promise<Record<string, string>> => {
    const state = await world.cluster.state();
    return Object.fromEntries(Object.entries(state.applied).filter(([key]) => [clients, timeout, dynamic].includes(key)));
  };
  const jar = (): string => {
    const path = join(world.folder, "a.jar");
    writeFileSync(path, makeTaco({ class: "driver", pluginVersion: "1", signed: "none" }));
    return path;
  };
  const program = (connectors: Record<string, string>, keys?: Record<string, string>): Program =>
    world.program(connectors, keys === undefined ? {} : { keys });
  const up = async (wanted: Program): Promise<unknown> => await world.up(wanted);
  const foretold = async (wanted: Program): Promise<string> => {
    world.said.length = 0;
    expect(await world.stack().preview(wanted)).toMatchObject({ errors: [] });
    return world.said.join("\n");
  };

  test("go with connectors and a driver in one restart, cost nothing then, and leave with a connector in one", async () => {
    const wanted = { ...program({ a: a1, b: b1 }, { [clients]: oauth("one"), [timeout]: "7201" }), drivers: { jdbc: { source: jar() } } };
    const cost = await up(wanted);
    expect(cost).toMatchObject({ restarts: 1, applies: 1, calls: ["settings import", "pending-changes apply"] });
    expect(await applied()).toEqual({ [clients]: oauth("one"), [timeout]: "7201" });
    expect(await world.loaded()).toEqual([["a_jdbc 1.0.0", "b_jdbc 1.0.0"]]);
    expect(await up(wanted)).toEqual(nothing);
    expect(await world.cost(() => world.stack().refresh())).toEqual(nothing);
    expect(await up(wanted)).toEqual(nothing);

    // They leave together with a connector in one restart, and earlier values come back.
    await up(program({ a: a1, b: b1 }, { [clients]: oauth("one"), [timeout]: "7201" }));
    const fewer = program({ a: a1 }, { [clients]: oauth("one") });
    expect(await foretold(fewer)).toMatch(/b_jdbc\.taco.*gateway\.timeout is no longer given and goes back to its earlier value\./);
    expect(await up(fewer)).toMatchObject({ restarts: 1 });
    expect(await applied()).toEqual({ [clients]: oauth("one"), [timeout]: "7200" });
    expect(await foretold(program({ a: a1 }))).toMatch(/oauth\.config\.clients is no longer given and is reset\. Up to one restart/);
    expect(await up(program({ a: a1 }))).toMatchObject({ restarts: 1 });
    expect(await applied()).toEqual({ [timeout]: "7200" });
    expect(await up(program({ a: a1 }))).toEqual(nothing);
  });

  test("that somebody changes are drift, told by name and repaired", async () => {
    const wanted = program({ a: a1 }, { [clients]: oauth("one"), [timeout]: "7201" });
    await up(wanted);
    await world.cluster.tsm(["configuration", "set", "-k", timeout, "-v", "their-secret"]);
    await world.cluster.tsm(["pending-changes", "apply", "--ignore-prompt"]);
    expect(await world.stack().refresh()).toMatchObject({ steps: { config: "refresh" } });
    expect(JSON.stringify(world.stack().get("config")?.inputs)).toContain('"gateway.timeout":"(another value)"');
    const says = await foretold(wanted);
    expect(says).toMatch(/Drift on simulated: gateway\.timeout differs\. Up to one restart/);
    expect(says).not.toMatch(/their-secret|7201|hunter2/);
    expect(await up(wanted)).toMatchObject({ restarts: 1 });
    expect(await applied()).toMatchObject({ [timeout]: "7201" });
    expect(await up(wanted)).toEqual(nothing);
    // What somebody set in between is what was there before us.
    expect(await up(program({ a: a1 }))).toMatchObject({ restarts: 1 });
    expect(await applied()).toEqual({ [timeout]: "their-secret" });
    await world.cluster.tsm(["configuration", "set", "-k", timeout, "-v", "7200"]);
    await world.cluster.tsm(["pending-changes", "apply", "--ignore-prompt"]);
  });

  test("that tsm takes without a restart cause none", async () => {
    await up(program({ a: a1 }));
    const wanted = program({ a: a1 }, { [dynamic]: "9000" });
    expect(await foretold(wanted)).toMatch(/backgrounder\.querylimit will be set\. Up to one restart/);
    expect(await up(wanted)).toMatchObject({ restarts: 0, applies: 1 });
    expect(await up(wanted)).toEqual(nothing);
    expect(await up(program({ a: a2 }, { [dynamic]: "9001" }))).toMatchObject({ restarts: 1, applies: 1 });
    expect(await up(program({ a: a2 }))).toMatchObject({ restarts: 0, applies: 1 });
  });

  test("come back with the files when the activation fails", async () => {
    await up(program({ a: a1 }, { [clients]: oauth("one") }));
    await world.cluster.fault("restart-fails", "once");
    const { errors } = await world.stack().up(program({ a: a2 }, { [clients]: oauth("two"), [timeout]: "7201" }));
    expect(errors.join("\n")).toMatch(/2 keys, one more restart/);
    await world.cluster.clearFaults();
    expect(await applied()).toEqual({ [clients]: oauth("one"), [timeout]: "7200" });
    expect(await world.loaded()).toEqual([["a_jdbc 1.0.0"]]);
    expect(await up(program({ a: a1 }, { [clients]: oauth("one") }))).toMatchObject({ restarts: 0 });
  });

  test("are not applied with somebody else's pending changes", async () => {
    await up(program({ a: a1 }));
    await world.cluster.tsm(["configuration", "set", "-k", "wgserver.domain.password", "-v", "theirs"]);
    const { errors } = await world.stack().up(program({ a: a1 }, { [clients]: oauth("one") }));
    expect(errors).toEqual([expect.stringMatching(/pending on simulated: wgserver\.domain\.password\./)]);
    await world.cluster.tsm(["pending-changes", "discard"]);
  });

  // Every name and value that is refused: tests/schema/other-keys.test.ts.
  test.each([
    [{ "native_api.connect_plugins_path": "/x" }, /has an argument of its own: connectPluginsPath/],
    [{ [clients]: "hunter2\nx" }, /one line/],
  ])("%j is refused in preview, without its value", async (keys, words) => {
    const { errors } = await world.stack().preview(program({ a: a1 }, keys));
    expect(errors).toEqual([expect.stringMatching(words)]);
    expect(errors.join()).not.toContain("hunter2");
  });

  test("their values stand in no argument, environment, output, or file that others can read", async () => {
    const seen: string[] = [];
    world.pool.before = ({ args }) => {
      if (JSON.stringify(args).includes("hunter2")) seen.push("argument of a script");
    };
    const position = world.said.length;
    const look = (): void => void seen.push(...leaks());
    // While tsm is asked, everything that asks it is there; the rest is met by chance.
    const unlisten = world.cluster.onCall(look);
    const watch = setInterval(look, 25);
    try {
      await up(program({ a: a1 }, { [clients]: oauth("one") }));
      await world.stack().refresh();
      await up(program({ a: a1 }));
    } finally {
      clearInterval(watch);
      unlisten();
      world.pool.before = undefined;
    }
    const { calls } = await world.cluster.state();
    expect(JSON.stringify([calls, world.said.slice(position), world.stack().errors])).not.toContain("hunter2");
    expect([...new Set(seen)]).toEqual([]);
    expect(readdirSync(world.cluster.nodePath("node1", "/tmp"))).toEqual([]);
  });

  function pids(): string[] {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  }

  /** Where the secret can be read by another user of this machine, or of a node. */
  function leaks(): string[] {
    const fresh = pids().filter((pid) => !earlier.has(pid));
    const ofProcesses = fresh.flatMap((pid) =>
      ["cmdline", "environ"].filter((file) => read(`/proc/${pid}/${file}`).includes("hunter2")).map((file) => `${file} of a process`),
    );
    return [...ofProcesses, ...["/tmp", "/var/opt/pulumi-tableau"].flatMap((folder) => readable(world.cluster.nodePath("node1", folder)))];
  }

  function readable(folder: string): string[] {
    return entries(folder).flatMap((path) => {
      const mode = statSync(path, { throwIfNoEntry: false })?.mode ?? 0;
      if ((mode & 0o007) === 0) return [];
      return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
        ? readable(path)
        : read(path).includes("hunter2")
          ? [path]
          : [];
    });
  }

  function entries(folder: string): string[] {
    try {
      return readdirSync(folder).map((name) => join(folder, name));
    } catch {
      return [];
    }
  }

  function read(path: string): string {
    try {
      return readFileSync(path, "utf8");
    } catch {
      return "";
    }
  }
});
