import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { testEachWay } from "../support";
import { Example, loaded } from "./support";

testEachWay("older-server: connector and driver reach every process with one restart", async (through) => {
  const example = new Example("older-server");
  try {
    const started = example.start(".simulator", "--nodes", "2", "--version", "2021.1");
    example.package("clickhouse_jdbc", "1.0.0");
    // A jar is a zip file, as a package is.
    const file = (path: string): string => join(example.project.directory, path);
    mkdirSync(file("drivers"));
    example.project.write("drivers/clickhouse-jdbc.jar", readFileSync(file("connectors/clickhouse_jdbc.taco")));
    const stack = example.project.stack("dev", { through, config: { simulator: { value: JSON.stringify(started), secret: true } } });
    await stack.up();
    await stack.up({ expectNoChanges: true });
    const state = await example.state(".simulator");
    // Each process loads its own copy.
    const live = Array<string>(3).fill("clickhouse_jdbc 1.0.0");
    expect([state.restarts, state.applies, loaded(state)]).toEqual([1, 0, { node1: live, node2: live }]);
    expect(state.nodes[0]?.loaded.flatMap(({ processes }) => processes).sort()).toEqual([
      "flowprocessor",
      "flowqueryservice",
      "vizqlserver",
    ]);
    for (const { root } of started.nodes) expect(existsSync(join(root, "opt/tableau/tableau_driver/jdbc/clickhouse-jdbc.jar"))).toBe(true);
    await stack.destroy();
    expect(loaded(await example.state(".simulator"))).toEqual({ node1: [], node2: [] });
  } finally {
    await example.remove();
  }
});
