import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { treeDigest } from "../../simulator/connectors/tree-digest";
import { isWhole, nothing, type Program, World, writeConnectorFolder } from "./support";

/** What each release takes to read unpacked connectors, and where they lie. */
const servers: readonly (readonly [string, object, string, Program["config"]])[] = [
  ["2019.2", {}, "C:/Program Files/Tableau/Connectors", {}],
  [
    "2024.2",
    { placement: "path", connectorsDirectory: "C:\\Tableau Development" },
    "c:/tableau development",
    { disableVerifyConnectorPluginSignature: true },
  ],
];

// PULUMI_TABLEAU_SCENARIOS=whole takes one between them, too.
const between: typeof servers = [["2019.4", { placement: "path" }, "C:/Program Files/Tableau/Connectors", {}]];

describe.each(isWhole ? [...servers, ...between] : servers)(
  "connectors under development on %s on Windows",
  (version, server, directory, config) => {
    let world: World;
    let folder: string;
    beforeAll(async () => {
      world = await World.start({ version, platform: "windows", nodes: 1 });
      folder = join(mkdtempSync(join(world.folder, "source-")), "my connector");
      write("1.0.0");
    });
    afterAll(() => world.stop());

    const live = (node: string): string => world.cluster.nodePath(node, `${directory}/my connector`);
    const write = (pluginVersion: string): void => writeConnectorFolder(folder, pluginVersion, "ä file's 50% name.js");
    const program = (): Program => {
      const base = world.program({}, config);
      const connectors = { dev: { source: folder, requireSignature: false } };
      return { ...base, server: { ...base.server, platform: "windows", ...server }, connectors };
    };
    const up = async (): Promise<unknown> => await world.up(program());

    test("a folder goes live with one restart, under the documented digest, and again it is no change", async () => {
      expect(await up()).toMatchObject({ restarts: 1, applies: 1 });
      expect(await world.loaded()).toEqual([["dev_jdbc 1.0.0"]]);
      const { nodes } = await world.cluster.state();
      expect(nodes.flatMap(({ loaded }) => loaded.filter(({ usable }) => !usable))).toEqual([]);
      const sha256 = String(world.stack().get("dev")?.inputs["sha256"]);
      for (const { name: node } of world.cluster.nodes) {
        expect(treeDigest(live(node))).toBe(sha256);
        expect(readdirSync(join(live(node), ".."))).toEqual(["my connector"]);
      }
      expect(await up()).toEqual(nothing);
      expect(await world.cost(() => world.stack().refresh())).toEqual(nothing);
      expect(await up()).toEqual(nothing);
    });

    test("a changed folder replaces the one before, which stays in the store; drift in one file is repaired", async () => {
      const before = treeDigest(live("node1"));
      write("1.1.0");
      rmSync(join(folder, "deep/empty"));
      expect(await up()).toMatchObject({ restarts: 1, applies: 0 });
      expect(await world.loaded()).toEqual([["dev_jdbc 1.1.0"]]);
      expect(existsSync(join(live("node1"), "deep/empty"))).toBe(false);
      expect(treeDigest(world.cluster.nodePath("node1", `${world.cluster.paths.state}/store/${before}`))).toBe(before);
      writeFileSync(join(live("node1"), "dialect.tdd"), "<theirs/>");
      expect(await world.stack().refresh()).toMatchObject({ steps: { config: "refresh", dev: "same" } });
      expect(await up()).toMatchObject({ restarts: 1, applies: 0 });
      expect(readFileSync(join(live("node1"), "dialect.tdd"), "utf8")).toBe("<dialect/>");
    });

    test("destroy takes the folder off", async () => {
      expect(await world.cost(async () => expect(await world.stack().destroy()).toMatchObject({ errors: [] }))).toMatchObject({
        restarts: 1,
      });
      for (const { name: node } of world.cluster.nodes) expect(readdirSync(join(live(node), ".."))).toEqual([]);
      expect(await world.loaded()).toEqual([[]]);
    });
  },
);
