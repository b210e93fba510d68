// The steps of the demo: what is done, how many restarts it may cost, and what every node has loaded afterwards.
import { appendFileSync } from "node:fs";
import { done, exitCodeOf } from "./open-stack.mjs";

const noChangesExpected = 7;

export const demoSteps = [
  {
    title: "what would happen? Nothing is touched.",
    command: "pulumi preview",
    restarts: 0,
    loaded: [],
    run: async (stage) => {
      stage.wanted.set("clickhouse", stage.package("clickhouse_jdbc", "1.0.0"));
      stage.wanted.set("duckdb", stage.package("duckdb_jdbc", "2.0.0"));
      await stage.preview();
      return [];
    },
  },
  {
    title: "two connectors go live.",
    command: "pulumi up",
    restarts: 1,
    loaded: ["clickhouse_jdbc 1.0.0", "duckdb_jdbc 2.0.0"],
    run: (stage) => done(stage.up()),
  },
  {
    title: "once more: nothing changed, so nothing happens.",
    command: "pulumi up --expect-no-changes",
    restarts: 0,
    loaded: ["clickhouse_jdbc 1.0.0", "duckdb_jdbc 2.0.0"],
    run: (stage) => done(stage.up({ expectNoChanges: true })),
  },
  {
    title: "a new version of one connector.",
    command: "pulumi up",
    restarts: 1,
    loaded: ["clickhouse_jdbc 1.1.0", "duckdb_jdbc 2.0.0"],
    run: async (stage) => {
      stage.wanted.set("clickhouse", stage.package("clickhouse_jdbc", "1.1.0"));
      return done(stage.up());
    },
  },
  {
    title: "a package that was changed after it was signed is refused, before any host is touched.",
    titleBeforeSignatures: "a package that was changed after it was signed: this release verifies nothing, so it is only warned about.",
    command: "pulumi preview",
    restarts: 0,
    loaded: ["clickhouse_jdbc 1.1.0", "duckdb_jdbc 2.0.0"],
    run: async (stage) => {
      const good = stage.wanted.get("clickhouse");
      stage.wanted.set("clickhouse", stage.tampered("clickhouse_jdbc", "1.2.0"));
      const code = await exitCodeOf(stage.preview());
      stage.wanted.set("clickhouse", good);
      if (stage.verifies === "nothing") return code === 0 ? [] : ["the preview refused a package that this release would load"];
      return code === 0 ? ["the preview accepted the package"] : [];
    },
  },
  {
    title: "somebody tampers with a file on node2. The gate sees it (exit code 7), also after a refresh that was saved.",
    command: "pulumi preview --refresh --expect-no-changes; pulumi refresh; pulumi preview --refresh --expect-no-changes",
    restarts: 0,
    loaded: ["clickhouse_jdbc 1.1.0", "duckdb_jdbc 2.0.0"],
    run: async (stage) => {
      const node = stage.cluster.nodes.find(({ name }) => name === "node2") ?? stage.cluster.nodes[0];
      appendFileSync(stage.cluster.nodePath(node.name, `${stage.cluster.paths.connectors}/duckdb_jdbc.taco`), "tampered");
      const gate = () => exitCodeOf(stage.preview({ refresh: true, expectNoChanges: true }));
      const first = await gate();
      await stage.refresh();
      const second = await gate();
      return [first, second]
        .filter((code) => code !== noChangesExpected)
        .map((code) => `the gate ended with exit code ${code} instead of ${noChangesExpected}`);
    },
  },
  {
    title: "the drift is repaired.",
    command: "pulumi up",
    restarts: 1,
    loaded: ["clickhouse_jdbc 1.1.0", "duckdb_jdbc 2.0.0"],
    run: (stage) => done(stage.up()),
  },
  {
    title: "one connector is dropped, another is added.",
    command: "pulumi up",
    restarts: 1,
    loaded: ["clickhouse_jdbc 1.1.0", "exasol_jdbc 3.0.0"],
    run: async (stage) => {
      stage.wanted.delete("duckdb");
      stage.wanted.set("exasol", stage.package("exasol_jdbc", "3.0.0"));
      return done(stage.up());
    },
  },
  {
    title: "everything is taken off the server.",
    command: "pulumi destroy",
    restarts: 1,
    loaded: [],
    run: (stage) => done(stage.destroy()),
  },
];
