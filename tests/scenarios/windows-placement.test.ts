import { isWhole, nothing, type Program, World } from "./support";

const pathKey = "native_api.connect_plugins_path";

type Placement = "shared" | "perProcess" | "path";

// One release that reads the shared folder by itself, and one that does not; PULUMI_TABLEAU_SCENARIOS=whole takes another of these.
const older = isWhole ? ["2019.4"] : [];

describe.each([...older, "2021.1", "2022.2"])("%s on Windows", (version) => {
  let world: World;
  let a1: string, a2: string;
  beforeAll(async () => {
    world = await World.start({ version, platform: "windows", nodes: 1 });
    [a1, a2] = [world.package("a_jdbc", "1.0.0"), world.package("a_jdbc", "1.1.0")];
  });
  afterAll(() => world.stop());

  const up = async (source: string, placement?: Placement): Promise<unknown> => {
    const made: Program = world.program({ a: source });
    const server = { ...made.server, platform: "windows" as const, ...(placement === undefined ? {} : { placement }) };
    return await world.up({ ...made, server });
  };

  test("goes where this release reads it, moves into the processes' own folders and back, each with one restart", async () => {
    const byItself = version === "2022.2";
    expect(await up(a1)).toMatchObject({ restarts: 1, applies: byItself ? 0 : 1 });
    const { applied } = await world.cluster.state();
    expect(applied[pathKey]).toBe(byItself ? undefined : "C:/Program Files/Tableau/Connectors");
    expect(await world.loaded()).toEqual([["a_jdbc 1.0.0"]]);
    expect(await up(a1)).toEqual(nothing);

    expect(await up(a1, "perProcess")).toMatchObject({ restarts: 1 });
    expect(await readers()).toEqual(expect.arrayContaining(["vizqlserver 1.0.0", "flowprocessor 1.0.0"]));
    expect(await world.live()).toEqual([{}]);
    expect(await up(a2, "perProcess")).toMatchObject({ restarts: 1, applies: 0 });
    expect((await readers()).filter((one) => one.endsWith("1.0.0"))).toEqual([]);
    await world.stack().refresh();
    expect(await up(a2, "perProcess")).toEqual(nothing);

    expect(await up(a2)).toMatchObject({ restarts: 1 });
    expect(await world.loaded()).toEqual([["a_jdbc 1.1.0"]]);
    const gone = await world.cost(async () => expect(await world.stack().destroy()).toMatchObject({ errors: [] }));
    expect(gone).toMatchObject({ restarts: 1 });
    expect(await world.loaded()).toEqual([[]]);
  });

  const readers = async (): Promise<string[]> => {
    const { nodes } = await world.cluster.state();
    return nodes.flatMap(({ loaded }) =>
      loaded.flatMap(({ processes, pluginVersion }) => processes.map((one) => `${one} ${pluginVersion}`)),
    );
  };
});
