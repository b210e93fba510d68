import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { nothing, type Program, World } from "./support";

const clients = "oauth.config.clients";
const timeout = "gateway.timeout";
const secret = "hunter2-s3cr3t";
const oauth = (id: string): string =>
  JSON.stringify([{ "oauth.config.id": `100 % "${id}" & <more>`, "oauth.config.client_secret": secret }]);

describe("keys of tsm on Windows nodes", () => {
  let world: World;
  let a1: string, a2: string;
  beforeAll(async () => {
    world = await World.start({ platform: "windows", nodes: 1 });
    [a1, a2] = [world.package("a_jdbc", "1.0.0"), world.package("a_jdbc", "1.1.0")];
  });
  afterAll(() => world.stop());
  afterEach(async () => {
    expect(await world.stack().destroy()).toMatchObject({ errors: [] });
    expect(await applied()).toEqual({ [timeout]: "7200" });
    expect(files()).toEqual([]);
  });

  const applied = async (): Promise<Record<string, string>> => {
    const state = await world.cluster.state();
    return Object.fromEntries(Object.entries(state.applied).filter(([key]) => [clients, timeout].includes(key)));
  };
  const own = (): string => world.cluster.nodePath("node1", `C:/Users/${user()}/.pulumi-tableau`);
  const user = (): string => readdirSync(world.cluster.nodePath("node1", "C:/Users"))[0] ?? "";
  const files = (): string[] => (existsSync(own()) ? readdirSync(own()) : []);
  const program = (source: string, keys?: Record<string, string>): Program => {
    const made = world.program({ a: source }, keys === undefined ? {} : { keys });
    return { ...made, server: { ...made.server, platform: "windows" } };
  };
  const up = async (wanted: Program): Promise<unknown> => await world.up(wanted);

  test("go with connectors in one restart, cost nothing then, and leave with one", async () => {
    const wanted = program(a1, { [clients]: oauth("one"), [timeout]: "7201" });
    expect(await up(wanted)).toMatchObject({ restarts: 1, applies: 1, calls: ["settings import", "pending-changes apply"] });
    expect(await applied()).toEqual({ [clients]: oauth("one"), [timeout]: "7201" });
    expect(await up(wanted)).toEqual(nothing);
    expect(await up(program(a2))).toMatchObject({ restarts: 1 });
    expect(await applied()).toEqual({ [timeout]: "7200" });
  });

  test("their values stand in no argument, nor in a file that others can read", async () => {
    const open: string[] = [];
    const unlisten = world.cluster.onCall(({ argv }) => {
      if (!argv.includes("import")) return;
      for (const name of files()) open.push((statSync(`${own()}/${name}`).mode & 0o777).toString(8));
    });
    await up(program(a1, { [clients]: oauth("one") }));
    unlisten();
    expect(open).toEqual(["600"]);
    expect(files()).toEqual([]);
    expect(statSync(world.cluster.nodePath("node1", `${world.cluster.paths.state}/record.json`)).mode & 0o777).toBe(0o600);
    const { calls } = await world.cluster.state();
    expect(JSON.stringify([calls, world.said, world.pool.ran])).not.toContain("hunter2");
  });

  test("a file that a killed run left behind goes with the next", async () => {
    mkdirSync(own(), { recursive: true });
    writeFileSync(`${own()}/keys.0123456789abcdef.json`, secret);
    await up(program(a1, { [timeout]: "7201" }));
    expect(files()).toEqual([]);
  });
});
