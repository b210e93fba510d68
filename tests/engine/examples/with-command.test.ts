import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { testEachWay } from "../support";
import { Example, loaded } from "./support";

/**
 * Stands in for `@pulumi/command`, whose plugin is downloaded from a place that tests do not reach: the copy is a resource that appears and
 * changes as the real one does, and copies nothing.
 */
const command = `
  const pulumi = require("@pulumi/pulumi");
  class CopyToRemote extends pulumi.CustomResource {
    constructor(name, { source, remotePath }, options) {
      const handler = 'exports.handler = () => ({ create: async (outs) => ({ id: "copy", outs }), update: async (id, olds, outs) => ({ outs }) });';
      super("pulumi-nodejs:dynamic/test:CopyToRemote", name, { source: digest(source.path), remotePath, __provider: handler }, options);
    }
  }
  const digest = (path) => Promise.resolve(path).then((file) => require("node:fs").readFileSync(file, "utf8"));
  exports.remote = { CopyToRemote };
`;

testEachWay("with-command: a changed driver alone restarts once (the copy itself stands in)", async (through) => {
  const example = new Example("with-command");
  try {
    const { nodes } = example.start("prod", "--nodes", "1");
    const connection = JSON.parse(JSON.stringify(nodes[0])) as { connection: Record<string, string | number> };
    const config = Object.fromEntries(
      Object.entries(connection.connection).map(([name, value]) => [name, { value: String(value), secret: name === "privateKey" }]),
    );
    const folder = join(example.project.directory, "node_modules/@pulumi/command");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "@pulumi/command", version: "1.2.1", main: "index.js" }));
    writeFileSync(join(folder, "index.js"), command);
    mkdirSync(join(example.project.directory, "drivers"));
    const driver = (text: string): void => {
      example.project.write("drivers/clickhouse-jdbc.jar", text);
    };
    driver("driver 1");
    example.package("clickhouse_jdbc", "1.0.0");
    const stack = example.project.stack("prod", { through, config });
    await stack.up();
    await stack.up({ expectNoChanges: true });
    expect((await example.state("prod")).restarts).toBe(1);

    driver("driver 2");
    const alone = await stack.up();
    expect(alone.changes).toMatchObject({ update: 2 });
    expect(alone.output).toContain("restartTriggers changed");
    expect((await example.state("prod")).restarts).toBe(2);

    driver("driver 3");
    example.package("clickhouse_jdbc", "1.1.0");
    expect((await stack.up()).changes).toMatchObject({ update: 3 });
    const state = await example.state("prod");
    expect([state.restarts, loaded(state)]).toEqual([3, { node1: ["clickhouse_jdbc 1.1.0"] }]);
  } finally {
    await example.remove();
  }
});
