import { randomUUID } from "node:crypto";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Stage } from "../support";
import { makePython } from "./support/host";
import { Pulumi } from "./support/pulumi";

/** A program that names its server: how it is reached, and tsm's password, stand in the provider's configuration. */
const program = `
import pulumi
import pulumi_tableau as tableau

a = tableau.TableauConnector("a", server="prod", source="a.taco")
config = tableau.TableauServerPluginsConfig("config", server="prod", connectors=[a.ref])
pulumi.export("running", config.running)
`;

describe("what Pulumi's own logs print of a server in the provider's configuration", () => {
  const password = `Pass-${randomUUID()}`;
  let stage: Stage;
  let pulumi: Pulumi;
  beforeAll(async () => {
    stage = await Stage.start("", { account: { username: "admin", password } });
    const { path, environment } = makePython(stage.folder);
    pulumi = new Pulumi(stage.project, { path, environment: { ...environment, PULUMI_DEBUG_COMMANDS: "true" } });
    stage.project.write("Pulumi.yaml", "name: test\nruntime: python\n");
    stage.project.write("__main__.py", program);
    cpSync(stage.package("a_jdbc", "1.0.0"), join(stage.project.directory, "a.taco"));
    await pulumi.run("stack", "init", "dev");
    const servers = { prod: { nodes: stage.cluster.server.nodes, tsm: { username: "admin", password } } };
    await pulumi.run("config", "set", "--secret", "tableau:servers", JSON.stringify(servers), "--stack", "dev");
  });
  afterAll(() => stage.stop());

  test("--debug, the event log and the state: nothing; -v=9: only what the engine itself says of that configuration", async () => {
    const flags = ["--yes", "--skip-preview", "--stack", "dev", "--debug", "-v=9", "--logtostderr", "--logflow", "--event-log", "events"];
    const { exitCode, output } = await pulumi.run("up", ...flags);
    expect([exitCode, await stage.loaded()]).toEqual([0, [["a_jdbc 1.0.0"], ["a_jdbc 1.0.0"]]]);
    const keys = stage.cluster.server.nodes.map(({ connection }) => connection?.privateKey.split("\n")[1] ?? "");
    const leaks = (text: string): string[] =>
      text.split("\n").filter((line) => [password, ...keys].some((secret) => line.includes(secret)));

    const events = readFileSync(join(stage.project.directory, "events"), "utf8");
    expect([events.length > 10_000, leaks(events)]).toEqual([true, []]);
    expect(leaks(JSON.stringify(stage.stack.resources()))).toEqual([]);
    // The engine's own log, before this package gets the configuration and after it gave it back: SECURITY.md says so, and how to do without.
    const ownWords = /arshaling property for RPC\[Provider\[\w+\]\.(?:CheckConfig\(|Configure\(\))/;
    expect(output.length).toBeGreaterThan(100_000);
    expect(leaks(output).filter((line) => !ownWords.test(line))).toEqual([]);
  });
});
