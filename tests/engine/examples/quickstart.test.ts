import { testEachWay } from "../support";
import { Example, loaded } from "./support";

testEachWay("quickstart: a connector goes live with one restart, and again nothing differs", async (through) => {
  const example = new Example("quickstart");
  try {
    const value = JSON.stringify(example.start(".simulator", "--nodes", "3"));
    example.package("clickhouse_jdbc", "1.0.0");
    const stack = example.project.stack("dev", { through, config: { simulator: { value, secret: true } } });
    const preview = await stack.preview();
    expect(preview.output).toContain("restarts .simulator once and disconnects its users");
    expect((await example.state(".simulator")).nodes.map(({ executions }) => executions)).toEqual([0, 0, 0]);
    await stack.up();
    expect(stack.outputs()).toMatchObject({ running: { clickhouse_jdbc: { version: "1.0.0" } } });
    await stack.up({ expectNoChanges: true });
    const state = await example.state(".simulator");
    const live = ["clickhouse_jdbc 1.0.0"];
    expect([state.restarts, loaded(state)]).toEqual([1, { node1: live, node2: live, node3: live }]);
    await stack.destroy();
    expect(loaded(await example.state(".simulator"))).toEqual({ node1: [], node2: [], node3: [] });
  } finally {
    await example.remove();
  }
});
