import { existsSync } from "node:fs";
import { testEachWay } from "../support";
import { Example, loaded } from "./support";

testEachWay("cluster: held back first, live with one restart in the window", async (through) => {
  const example = new Example("cluster");
  try {
    const login = process.getuid?.() === 0 && existsSync("/usr/bin/sudo") ? "sudo" : "root";
    const { nodes } = example.start("prod", "--nodes", "3", "--login", login);
    const [{ user, keyFile } = { user: "", keyFile: "" }] = nodes;
    const list = nodes.map(({ name, host, port, hostKey }) => ({ name, host, port, hostKey }));
    example.package("clickhouse_jdbc", "1.0.0");
    example.package("duckdb_jdbc", "2.0.0");
    const config = {
      server: { value: "prod" },
      user: { value: user },
      privateKeyPath: { value: keyFile },
      nodes: { value: JSON.stringify(list) },
    };
    const stack = example.project.stack("prod", { through, config: { ...config, activation: { value: "hold" } } });
    await stack.up();
    expect(stack.outputs()).toMatchObject({ activationDue: expect.stringContaining("restart") as string });
    expect(await example.state("prod")).toMatchObject({ restarts: 0 });
    stack.config = { ...config, activation: { value: "now" } };
    await stack.up();
    const state = await example.state("prod");
    const live = ["clickhouse_jdbc 1.0.0", "duckdb_jdbc 2.0.0"];
    expect([state.restarts, loaded(state)]).toEqual([1, { node1: live, node2: live, node3: live }]);
  } finally {
    await example.remove();
  }
});
