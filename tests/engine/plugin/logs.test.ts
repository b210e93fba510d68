import { randomUUID } from "node:crypto";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
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

type Pairs = readonly (readonly [string, string])[];

/** Each secret by itself, and the rest as it is: the engine masks secrets of the stack's configuration by their values. */
const leafByLeaf = (servers: object): Pairs => {
  const leaves = (value: unknown, path: string): Pairs => {
    if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, `${path}[${String(index)}]`));
    if (typeof value !== "object" || value === null) return [[path, String(value)]];
    return Object.entries(value).flatMap(([key, item]) => leaves(item, `${path}.${key}`));
  };
  return leaves(servers, "tableau:servers");
};

// The engine's own log, before this package gets the configuration and after it gave it back: SECURITY.md says so, and how to do without.
const ownWords = /arshaling property for RPC\[Provider\[\w+\]\.(?:CheckConfig\(|Configure\(\))/;

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
  });
  afterAll(() => stage.stop());

  const describeServers = (): object => ({ prod: { nodes: stage.cluster.server.nodes, tsm: { username: "admin", password } } });
  const keys = (): string[] => stage.cluster.server.nodes.map(({ connection }) => connection?.privateKey.split("\n")[1] ?? "");
  const leaks = (text: string): string[] =>
    text.split("\n").filter((line) => [password, ...keys()].some((secret) => line.includes(secret)));
  const config = async (...args: readonly string[]): Promise<void> => {
    const { exitCode, output } = await pulumi.run("config", ...args, "--stack", "dev");
    if (exitCode !== 0) throw new Error(output);
  };

  /** Every line of the log with a secret in it; the event log and the state must have none. */
  const leaksOf = async (operation: "up" | "preview"): Promise<string[]> => {
    const yes = operation === "up" ? ["--yes", "--skip-preview"] : [];
    const flags = [...yes, "--stack", "dev", "--debug", "-v=9", "--logtostderr", "--logflow", "--event-log", "events"];
    const { exitCode, output } = await pulumi.run(operation, ...flags);
    expect([exitCode, await stage.loaded()]).toEqual([0, [["a_jdbc 1.0.0"], ["a_jdbc 1.0.0"]]]);
    const events = readFileSync(join(stage.project.directory, "events"), "utf8");
    expect([events.length > 10_000, leaks(events)]).toEqual([true, []]);
    expect(leaks(JSON.stringify(stage.stack.resources()))).toEqual([]);
    expect(output.length).toBeGreaterThan(100_000);
    return leaks(output);
  };

  test("in a file that tableau:serversPath names: nothing, nowhere, from the first up to a drift check", async () => {
    writeFileSync(join(stage.project.directory, "servers.json"), JSON.stringify(describeServers()));
    await config("set", "tableau:serversPath", "servers.json");
    expect(await leaksOf("up")).toEqual([]);
    expect(await leaksOf("preview")).toEqual([]);
    await config("rm", "tableau:serversPath");
  });

  test("in one secret text: -v=9 alone, and only what the engine itself says of that configuration", async () => {
    await config("set", "--secret", "tableau:servers", JSON.stringify(describeServers()));
    const found = await leaksOf("up");
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((line) => !ownWords.test(line))).toEqual([]);
  });

  test("each secret by itself: no better", async () => {
    await config("rm", "tableau:servers");
    const each = leafByLeaf(describeServers()).map(([path, value]) => {
      return `--${/\.(?:password|privateKey)$/.test(path) ? "secret" : "plaintext"}=${path}=${value}`;
    });
    await config("set-all", "--path", ...each);
    const found = await leaksOf("up");
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((line) => !ownWords.test(line))).toEqual([]);
  });
});
