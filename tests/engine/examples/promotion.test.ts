import { readFileSync } from "node:fs";
import { join } from "node:path";
import { testEachWay, type Stack } from "../support";
import type { ClusterState } from "../../../simulator";
import { Example, livePath, loaded, type Started } from "./support";

testEachWay("promotion: prod takes what staging runs and refuses anything else in preview, before a host is touched", async (through) => {
  const example = new Example("promotion");
  const contacts = async (name: string): Promise<number[]> =>
    (await example.state(name)).nodes.map(({ executions }: ClusterState["nodes"][number]) => executions);
  const stage = (name: string): { readonly started: Started; readonly stack: Stack } => {
    const started = example.start(name, "--nodes", "1");
    const value = JSON.stringify(started.server);
    return { started, stack: example.project.stack(name, { through, config: { server: { value, secret: true } } }) };
  };
  try {
    const [dev, staging, prod] = [stage("dev"), stage("staging"), stage("prod")];
    example.package("clickhouse_jdbc", "1.0.0");
    dev.stack.command("stack", "init");
    const tooEarly = await staging.stack.preview({ exitCode: 1 });
    expect(tooEarly.output).toContain("dev does not run clickhouse_jdbc: run `pulumi up --stack dev` first.");
    for (const { stack } of [dev, staging, prod]) await stack.up();
    expect(loaded(await example.state("prod"))).toEqual({ node1: ["clickhouse_jdbc 1.0.0"] });

    // Another package of the same version: only its bytes tell.
    example.package("clickhouse_jdbc", "1.0.0", { minVersionTableau: "2020.1" });
    const before = await contacts("prod");
    await dev.stack.up();
    expect((await prod.stack.preview({ exitCode: 1 })).output).toContain("is not the file that is pinned");
    expect(await contacts("prod")).toEqual(before);
    for (const { stack } of [staging, prod]) await stack.up();
    const [live, listed] = [livePath(prod.started, "node1", "clickhouse_jdbc.taco"), "connectors/clickhouse_jdbc.taco"];
    expect(readFileSync(live).equals(readFileSync(join(example.project.directory, listed)))).toBe(true);
    expect((await example.state("prod")).restarts).toBe(2);
  } finally {
    await example.remove();
  }
});
