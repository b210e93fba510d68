import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { testEachWay } from "../support";
import { Example, loaded } from "./support";

const pathKey = "native_api.connect_plugins_path";

testEachWay("windows: a connector goes live on Windows nodes, drift is repaired, and everything goes away", async (through) => {
  const example = new Example("windows");
  try {
    const started = example.start(".simulator", "--nodes", "2", "--platform", "windows");
    example.package("clickhouse_jdbc", "1.0.0");
    const stack = example.project.stack("dev", { through, config: { simulator: { value: JSON.stringify(started), secret: true } } });
    await stack.up();
    const live = ["clickhouse_jdbc 1.0.0"];
    const state = await example.state(".simulator");
    expect([state.restarts, state.applies, loaded(state)]).toEqual([1, 1, { node1: live, node2: live }]);
    expect(state.applied[pathKey]).toBe("C:/Tableau Connectors");

    const [, second] = started.nodes;
    appendFileSync(join(second?.root ?? "", "C:", "Tableau Connectors", "clickhouse_jdbc.taco"), "tampered");
    await stack.up({ refresh: true });
    const repaired = await example.state(".simulator");
    expect([repaired.restarts, loaded(repaired)]).toEqual([2, { node1: live, node2: live }]);

    await stack.destroy();
    const gone = await example.state(".simulator");
    expect([gone.applied[pathKey], loaded(gone)]).toEqual([undefined, { node1: [], node2: [] }]);
  } finally {
    await example.remove();
  }
});
