import { join } from "node:path";
import { attachCluster } from "../../../simulator";
import { testEachWay } from "../support";
import { Example, loaded } from "./support";

testEachWay("blue-green: the stopped server gets the set of the running one, by digest and with no restart", async (through) => {
  const example = new Example("blue-green");
  const stack = (name: string, ...options: string[]) => {
    const value = JSON.stringify(example.start(name, "--nodes", "1", ...options).server);
    return example.project.stack(name, { through, config: { server: { value, secret: true } } });
  };
  try {
    const [blue, green] = [stack("blue", "--version", "2024.3"), stack("green", "--version", "2025.1", "--stopped")];
    example.package("clickhouse_jdbc", "1.0.0");
    blue.command("stack", "init");
    const tooEarly = await green.preview({ exitCode: 1 });
    expect(tooEarly.output).toContain("blue does not run clickhouse_jdbc: run `pulumi up --stack blue` first.");
    await blue.up();
    const description = JSON.stringify((await attachCluster(join(example.project.directory, "blue"))).server);
    example.project.write("blue.json", description);
    expect(example.cli("doctor", "--server-file", "blue.json", "--upgrade-to", "2025.1")).toContain("Nothing would stop working.");
    await green.up();
    const { restarts, starts, status } = await example.state("green");
    expect([restarts, starts, status]).toEqual([0, 0, "STOPPED"]);
    const cluster = await attachCluster(join(example.project.directory, "green"));
    await cluster.startServer();
    expect(loaded(await example.state("green"))).toEqual({ node1: ["clickhouse_jdbc 1.0.0"] });
    await green.up({ expectNoChanges: true });
    expect((await example.state("green")).restarts).toBe(0);

    example.package("clickhouse_jdbc", "1.1.0");
    expect((await green.preview({ exitCode: 1 })).output).toContain("is not the file that is pinned");
  } finally {
    await example.remove();
  }
});
