import { testEachWay } from "../support";
import type { ClusterState } from "../../../simulator";
import { Example, loaded } from "./support";

const refusal = "is not the file that is pinned";

testEachWay("promotion: prod takes what staging runs and refuses anything else in preview, before a host is touched", async (through) => {
  const example = new Example("promotion");
  const contacts = (name: string): number[] => example.state(name).nodes.map(({ executions }: ClusterState["nodes"][number]) => executions);
  const stage = (name: string) => {
    const value = JSON.stringify(example.start(name, "--nodes", "1").server);
    return example.project.stack(name, { through, config: { server: { value, secret: true } } });
  };
  try {
    const [dev, staging, prod] = [stage("dev"), stage("staging"), stage("prod")];
    example.package("clickhouse_jdbc", "1.0.0");
    await dev.preview();
    const tooEarly = await staging.preview({ exitCode: 1 });
    expect(tooEarly.output).toContain("dev does not run clickhouse_jdbc: run `pulumi up --stack dev` first.");
    await dev.up();
    await staging.up();
    await prod.up();
    expect(loaded(example.state("prod"))).toEqual({ node1: ["clickhouse_jdbc 1.0.0"] });

    example.package("clickhouse_jdbc", "1.1.0");
    const before = contacts("prod");
    await dev.up();
    expect((await prod.preview({ exitCode: 1 })).output).toContain(refusal);
    expect(contacts("prod")).toEqual(before);
    await staging.up();
    await prod.up();
    expect(loaded(example.state("prod"))).toEqual({ node1: ["clickhouse_jdbc 1.1.0"] });

    // Another package of the same version: only its bytes tell.
    example.cli(
      "simulate",
      "package",
      "--class",
      "clickhouse_jdbc",
      "--plugin-version",
      "1.1.0",
      "--min-version-tableau",
      "2020.1",
      "--output",
      "connectors/clickhouse_jdbc.taco",
    );
    expect((await prod.preview({ exitCode: 1 })).output).toContain(refusal);
  } finally {
    example.remove();
  }
});
