import { readdirSync } from "node:fs";
import { join } from "node:path";
import { testEachWay } from "../support";
import { Example, loaded } from "./support";

testEachWay("under-development: a folder goes live unpacked, and each change replaces it with one restart", async (through) => {
  const example = new Example("under-development");
  try {
    const started = example.start(".simulator", "--nodes", "2");
    const stack = example.project.stack("dev", { through, config: { simulator: { value: JSON.stringify(started), secret: true } } });
    example.project.write("my_connector/.DS_Store", "noise");
    await stack.up();
    await stack.up({ expectNoChanges: true });
    const first = ["my_jdbc 0.1.0"];
    expect([(await example.state(".simulator")).restarts, loaded(await example.state(".simulator"))]).toEqual([
      1,
      { node1: first, node2: first },
    ]);
    const live = join(started.nodes[0]?.root ?? "", "opt/tableau/connectors-under-development/my_connector");
    expect(readdirSync(live).sort()).toEqual([
      "connection-dialog.tcd",
      "connectionBuilder.js",
      "connectionResolver.tdr",
      "dialect.tdd",
      "manifest.xml",
    ]);

    example.project.write("my_connector/dialect.tdd", "<dialect name='MyDatabase' class='my_jdbc' base='MySQL8Dialect' version='18.1'/>");
    await stack.up();
    expect((await example.state(".simulator")).restarts).toBe(2);
    await stack.destroy();
    const { restarts, applied, nodes } = await example.state(".simulator");
    expect([restarts, nodes.flatMap((node) => node.loaded)]).toEqual([3, []]);
    expect(applied["native_api.disable_verify_connector_plugin_signature"]).not.toBe("true");
  } finally {
    await example.remove();
  }
});
