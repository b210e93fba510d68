import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { availableIsolation, makeTaco } from "../../simulator";
import { nothing, type Program, World } from "./support";

const connectors = "/opt/tableau/connectors";
const drivers = "/opt/tableau/tableau_driver/jdbc";
/** PULUMI_TABLEAU_FAULTS=whole: ten updates on three nodes for each kind. */
const isWhole = process.env["PULUMI_TABLEAU_FAULTS"] === "whole";
type Kind = readonly [what: string, folders: readonly string[], turns: number, nodes: number];
const together: readonly Kind[] = [
  ["as both", [connectors, drivers], 2, 3],
  ["as connectors, drivers and state directory", [connectors, drivers, "/var/opt/pulumi-tableau"], 1, 2],
];
const alone: readonly Kind[] = [
  ["as connectors", [connectors], 10, 3],
  ["as drivers", [drivers], 10, 3],
];
const kinds = isWhole ? [...together.map(([what, folders]): Kind => [what, folders, 10, 3]), ...alone] : together;

const can = availableIsolation() !== "none";

// Three nodes mount one export: https://github.com/tableau/connector-plugin-sdk has no word on it, administrators do it.
(can ? describe : describe.skip)("one export on all nodes (needs namespaces)", () => {
  describe.each(kinds)("%s", (_kind, folders, turns, nodes) => {
    let world: World;
    beforeAll(async () => {
      world = await World.start({ nodes });
      await world.cluster.shareFolders(folders);
    });
    afterAll(() => world.stop());

    const driver = (version: string): string => {
      const path = join(world.folder, `driver-${version}`, "a.jar");
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, makeTaco({ class: "driver", pluginVersion: version, signed: "none" }));
      return path;
    };
    const program = (sources: Readonly<Record<string, string>>, jdbc: string | null, config: Program["config"] = {}): Program => ({
      ...world.program(sources, config),
      drivers: jdbc === null ? {} : { jdbc: { source: jdbc } },
    });
    const up = async (wanted: Program): Promise<unknown> => world.up(wanted);
    const digest = (path: string): string | null =>
      existsSync(path) ? createHash("sha256").update(readFileSync(path)).digest("hex") : null;
    /** What lies at a path of each node. */
    const onNodes = (path: string): (string | null)[] => world.cluster.nodes.map(({ name }) => digest(world.cluster.nodePath(name, path)));
    const everywhere = (path: string | null): (string | null)[] => world.cluster.nodes.map(() => (path === null ? null : digest(path)));
    const leftovers = (): string[] =>
      folders
        .flatMap((folder) => readdirSync(world.cluster.nodePath("node1", folder), { recursive: true, encoding: "utf8" }))
        .filter((name) => /\.part$|incoming/.test(name));

    test("first deployment, updates, drop, rollback and destroy", async () => {
      const b = world.package("b_jdbc", "1.0.0");
      for (let turn = 0; turn <= turns; turn++) {
        const [a, jdbc] = [world.package("a_jdbc", `1.${turn}.0`), driver(String(turn))];
        expect(await up(program({ a, b }, jdbc))).toMatchObject({ restarts: 1 });
        expect([onNodes(`${connectors}/a_jdbc.taco`), onNodes(`${drivers}/a.jar`)]).toEqual([everywhere(a), everywhere(jdbc)]);
        expect(onNodes(`${connectors}/b_jdbc.taco`)).toEqual(everywhere(b));
      }
      const [a, jdbc] = [world.package("a_jdbc", "2.0.0"), driver("20")];
      expect(await up(program({ a, b }, jdbc))).toMatchObject({ restarts: 1 });
      expect(await up(program({ a, b }, jdbc))).toEqual(nothing);
      expect(await world.cost(() => world.stack().refresh())).toEqual(nothing);

      // Dropped.
      expect(await up(program({ a }, jdbc))).toMatchObject({ restarts: 1 });
      expect(onNodes(`${connectors}/b_jdbc.taco`)).toEqual(everywhere(null));

      // A restart that fails: the earlier files come back.
      await world.cluster.fault("restart-fails", "once");
      const failed = await world.stack().up(program({ a: world.package("a_jdbc", "3.0.0"), b }, driver("30")));
      await world.cluster.clearFaults();
      expect(failed.errors.join("\n")).toMatch(/earlier set of simulated is back/);
      expect([onNodes(`${connectors}/a_jdbc.taco`), onNodes(`${drivers}/a.jar`), onNodes(`${connectors}/b_jdbc.taco`)]).toEqual([
        everywhere(a),
        everywhere(jdbc),
        everywhere(null),
      ]);
      expect(statSync(world.cluster.nodePath("node1", `${connectors}/a_jdbc.taco`)).mode & 0o777).toBe(0o644);

      expect(await up(program({ a, b }, jdbc))).toMatchObject({ restarts: 1 });
      expect(await world.cost(async () => expect(await world.stack().destroy()).toMatchObject({ errors: [] }))).toMatchObject({
        restarts: 1,
      });
      for (const path of [`${connectors}/a_jdbc.taco`, `${connectors}/b_jdbc.taco`, `${drivers}/a.jar`]) {
        expect(onNodes(path)).toEqual(everywhere(null));
      }
      expect(leftovers()).toEqual([]);
    });

    test("what somebody else put there comes back when an activation fails", async () => {
      const [a, other] = [world.package("a_jdbc", "1.0.0"), world.package("a_jdbc", "0.9.0")];
      const at = world.cluster.nodePath("node1", `${connectors}/a_jdbc.taco`);
      mkdirSync(dirname(at), { recursive: true });
      for (const { name } of world.cluster.nodes) {
        writeFileSync(world.cluster.nodePath(name, `${connectors}/a_jdbc.taco`), readFileSync(other));
      }
      await world.cluster.fault("restart-fails", "once");
      const failed = await world.stack().up(program({ a }, null, { overwriteUnmanaged: true }));
      await world.cluster.clearFaults();
      expect(failed.errors.join("\n")).toMatch(/earlier set of simulated is back/);
      expect(onNodes(`${connectors}/a_jdbc.taco`)).toEqual(everywhere(other));
      await world.stack().destroy();
    });
  });
});
