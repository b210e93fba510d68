import { appendFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { isWhole, nothing, type Program, World } from "./support";

const pathKey = "native_api.connect_plugins_path";
const data = "/var/opt/tableau/tableau_server/data/tabsvc";

type Placement = "shared" | "perProcess" | "path";

// The first release that loads packages, and one that reads the shared folder by itself; PULUMI_TABLEAU_SCENARIOS=whole takes one between.
const between = isWhole ? ["2021.1"] : [];

describe.each(["2019.4", ...between, "2024.2"])("%s", (version) => {
  let world: World;
  let a1: string, a2: string;
  beforeAll(async () => {
    world = await World.start({ version });
    [a1, a2] = [world.package("a_jdbc", "1.0.0"), world.package("a_jdbc", "1.1.0")];
    // Web authoring of flows is the one service on the first node and the other on the second.
    mkdirSync(world.cluster.nodePath("node2", `${data}/flowminerva`), { recursive: true });
  });
  afterAll(() => world.stop());

  const program = (source: string, placement: Placement | null, config: Program["config"] = {}): Program => {
    const base = world.program({ a: source }, config);
    return placement === null ? base : { ...base, server: { ...base.server, placement } };
  };
  const up = async (wanted: Program): Promise<unknown> => await world.up(wanted);
  const placed = (node: string): string[] =>
    ["vizqlserver", "backgrounder", "flowprocessor", "flowqueryservice", "flowminerva"].filter((process) =>
      existsSync(world.cluster.nodePath(node, `${data}/${process}/Connectors/a_jdbc.taco`)),
    );
  const loadedBy = async (): Promise<string[][]> => {
    const { nodes } = await world.cluster.state();
    return nodes.map(({ loaded }) =>
      loaded.flatMap(({ processes, pluginVersion }) => processes.map((one) => `${one} ${pluginVersion}`)).sort(),
    );
  };
  const flow = version === "2019.4" ? [] : ["flowqueryservice"];

  test("each process has it in its own folder, and a change of the placement moves it with one restart", async () => {
    expect(await up(program(a1, "perProcess"))).toMatchObject({ restarts: 1, applies: 0 });
    expect(await world.live()).toEqual([{}, {}]);
    expect([placed("node1"), placed("node2")]).toEqual([
      ["vizqlserver", "flowprocessor", ...flow],
      ["vizqlserver", "flowprocessor", ...flow, "flowminerva"],
    ]);
    const own = ["vizqlserver 1.0.0", "flowprocessor 1.0.0", ...flow.map((name) => `${name} 1.0.0`)];
    expect(await loadedBy()).toEqual([[...own].sort(), [...own, "flowminerva 1.0.0"].sort()]);
    expect(await up(program(a1, "perProcess"))).toEqual(nothing);
    await world.stack().refresh();
    expect(await up(program(a1, "perProcess"))).toEqual(nothing);

    expect(await up(program(a2, "perProcess"))).toMatchObject({ restarts: 1, applies: 0 });
    expect((await loadedBy()).flat().filter((one) => one.endsWith("1.0.0"))).toEqual([]);

    const appliesPath = expect.any(Number) as number;
    expect(await up(program(a2, null))).toMatchObject({ restarts: 1, applies: appliesPath });
    expect([placed("node1"), placed("node2")]).toEqual([[], []]);
    const byDefault = version === "2024.2" ? 5 : 3;
    expect((await loadedBy())[0]).toHaveLength(byDefault);
    expect((await world.cluster.state()).applied[pathKey]).toBe(version === "2024.2" ? undefined : "/opt/tableau/connectors");
    expect(await up(program(a2, null))).toEqual(nothing);

    expect(await up(program(a2, "path"))).toMatchObject(version === "2024.2" ? { restarts: 1, applies: 1 } : nothing);
    expect((await world.cluster.state()).applied[pathKey]).toBe("/opt/tableau/connectors");
    expect(await world.cost(async () => expect(await world.stack().destroy()).toMatchObject({ errors: [] }))).toMatchObject({
      restarts: 1,
    });
    expect(await world.live()).toEqual([{}, {}]);
  });

  if (version !== "2024.2") return;

  test("drift in the folder of one process is told by its name and repaired with one restart", async () => {
    const stack = world.stack();
    expect(await up(program(a1, "perProcess"))).toMatchObject({ restarts: 1 });
    appendFileSync(join(world.cluster.nodePath("node2", `${data}/flowprocessor/Connectors`), "a_jdbc.taco"), "tampered");
    expect(await stack.refresh()).toMatchObject({ steps: { config: "refresh" } });
    const live = stack.get("config")?.inputs["live"] as Record<string, Record<string, string>>;
    expect(live["node2"]?.["a_jdbc.taco"]).toMatch(/vizqlserver: [0-9a-f]{64}; flowprocessor: [0-9a-f]{64}; /);
    world.said.length = 0;
    expect((await stack.preview(program(a1, "perProcess"))).steps).toMatchObject({ config: "update" });
    expect(world.said.join("\n")).toMatch(/a_jdbc\.taco on node2 is .*flowprocessor: [0-9a-f]{8}.*restarts \w+ once/);
    expect(await up(program(a1, "perProcess"))).toMatchObject({ restarts: 1, applies: 0 });
    expect(await world.cost(() => stack.refresh())).toEqual(nothing);
    await stack.destroy();
    expect([placed("node1"), placed("node2")]).toEqual([[], []]);
  });
});

test("the shared folder is refused where the release does not read it", async () => {
  const world = await World.start({ version: "2021.1", nodes: 1 });
  try {
    const base = world.program({ a: world.package("a_jdbc", "1.0.0") });
    const shared = (more: object = {}): Program => ({ ...base, server: { ...base.server, placement: "shared", ...more } });
    expect((await world.stack().up(shared())).errors).toEqual([expect.stringContaining("would not read /opt/tableau/connectors")]);
    expect((await world.stack("two").preview(shared({ version: "2021.1" }))).errors).toEqual([expect.stringContaining("server.placement")]);
    expect((await world.cluster.state()).restarts).toBe(0);
  } finally {
    await world.stop();
  }
});
