import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isWhole, nothing, type Program, World, writeConnectorFolder } from "./support";

/** Where each release reads unpacked connectors, and what that takes. */
const servers: readonly (readonly [string, object, Record<string, unknown>])[] = [
  ["2019.2", {}, {}],
  ["2024.2", { placement: "path", connectorsDirectory: "/opt/tableau/development" }, { disableVerifyConnectorPluginSignature: true }],
];
/** Two between these. */
const between: typeof servers = [
  ["2019.4", { placement: "path" }, {}],
  ["2021.1", { placement: "path", connectorsDirectory: "/opt/tableau/development" }, { disableVerifyConnectorPluginSignature: true }],
];

// PULUMI_TABLEAU_SCENARIOS=whole takes them all.
describe.each(isWhole ? [...servers, ...between] : servers)("connectors under development on %s", (version, server, config) => {
  let world: World;
  let folder: string;
  beforeAll(async () => {
    world = await World.start({ version, nodes: 1 });
    folder = join(mkdtempSync(join(world.folder, "source-")), "my connector");
    write("1.0.0");
  });
  afterAll(() => world.stop());

  const live = (node: string): string =>
    world.cluster.nodePath(
      node,
      join((server as { connectorsDirectory?: string }).connectorsDirectory ?? "/opt/tableau/connectors", "my connector"),
    );
  const write = (pluginVersion: string): void => writeConnectorFolder(folder, pluginVersion, "ä file's name.js");
  const program = (more: object = {}, otherConfig = config): Program => {
    const base = world.program({}, otherConfig);
    return { ...base, server: { ...base.server, ...server }, connectors: { dev: { source: folder, requireSignature: false, ...more } } };
  };
  const up = async (wanted: Program): Promise<unknown> => await world.up(wanted);

  test("a folder goes live with one restart, without what editors and git leave, under the documented digest", async () => {
    mkdirSync(join(folder, ".git"), { recursive: true });
    for (const name of [".git/HEAD", ".DS_Store", "manifest.xml~", ".manifest.xml.swp"]) writeFileSync(join(folder, name), "noise");
    expect(await up(program())).toMatchObject({ restarts: 1, applies: 1 });
    expect(await world.loaded()).toEqual([["dev_jdbc 1.0.0"]]);
    const { nodes } = await world.cluster.state();
    expect(nodes.flatMap(({ loaded }) => loaded.filter(({ usable }) => !usable))).toEqual([]);
    const sha256 = String(world.stack().get("dev")?.inputs["sha256"]);
    const byHand = "find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum";
    for (const { name: node } of world.cluster.nodes) {
      expect(readdirSync(live(node)).sort()).toEqual(["deep", "dialect.tdd", "manifest.xml"]);
      expect(execFileSync("sh", ["-c", byHand], { cwd: live(node), encoding: "utf8" }).slice(0, 64)).toBe(sha256);
      expect(statSync(live(node)).mode & 0o777).toBe(0o755);
      expect(readdirSync(join(live(node), "..")).filter((name) => name.startsWith("."))).toEqual([]);
    }
    expect(nodes[0]?.loaded[0]?.sha256).toBe(sha256);
    expect(await up(program())).toEqual(nothing);
    expect(await world.cost(() => world.stack().refresh())).toEqual(nothing);
    expect(await up(program())).toEqual(nothing);
  });

  test("a changed folder replaces the one before, which stays in the store; drift in one file is repaired", async () => {
    write("1.1.0");
    rmSync(join(folder, "deep/empty"));
    expect(await up(program())).toMatchObject({ restarts: 1, applies: 0 });
    expect(await world.loaded()).toEqual([["dev_jdbc 1.1.0"]]);
    expect(existsSync(join(live("node1"), "deep/empty"))).toBe(false);
    rmSync(join(live("node1"), "deep"), { recursive: true });
    expect(await world.stack().refresh()).toMatchObject({ steps: { config: "refresh", dev: "same" } });
    expect(await up(program())).toMatchObject({ restarts: 1, applies: 0 });
    expect(readFileSync(join(live("node1"), "deep/er/ä file's name.js"), "utf8")).toHaveLength(70_000);
  });

  test("what Tableau cannot read is repaired, and destroy takes the folder off", async () => {
    execFileSync("chmod", ["600", join(live("node1"), "manifest.xml")]);
    expect(await world.stack().refresh()).toMatchObject({ steps: { config: "refresh" } });
    expect(await up(program())).toMatchObject({ restarts: 1, applies: 0 });
    expect(statSync(join(live("node1"), "manifest.xml")).mode & 0o777).toBe(0o644);
    expect(await world.cost(async () => expect(await world.stack().destroy()).toMatchObject({ errors: [] }))).toMatchObject({
      restarts: 1,
    });
    for (const { name: node } of world.cluster.nodes) expect(readdirSync(join(live(node), ".."))).toEqual([]);
    expect(await world.loaded()).toEqual([[]]);
  });

  test("is refused where it would not load", async () => {
    const verifies = version >= "2020.1";
    const refused = await world.stack("two").up(program({}, {}));
    if (verifies) {
      expect(refused.errors).toEqual([expect.stringContaining("a folder has no signature, and the server verifies signatures")]);
    } else await world.stack("two").destroy();
    const known = { ...program({ requireSignature: true }), server: { ...program().server, version } };
    if (verifies) {
      expect((await world.stack("three").preview(known)).errors).toEqual([expect.stringContaining("requireSignature: expected false")]);
    }
    const shared = { ...program(), server: { ...world.cluster.server, version, placement: "perProcess" as const } };
    expect((await world.stack("three").preview(shared)).errors).toEqual([expect.stringContaining('server.placement: expected "path"')]);
    const packed = { ...program(), connectors: { a: { source: world.package("a_jdbc", "1.0.0"), requireSignature: false } } };
    const old = await world.stack("four").up(packed);
    if (version === "2019.2") {
      expect(old.errors).toEqual([expect.stringContaining("give the unpacked folder of each connector as its source")]);
    }
  });
});
