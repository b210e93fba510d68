import { generateKeyPairSync, randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeTaco, startCluster, type Cluster } from "../../simulator";
import { type OperationResult, Project, type Stack } from "./support";

const program = `
  import { readFileSync } from "node:fs";
  import { ConnectorDeployment } from "pulumi-tableau";
  const { server, connectors, config } = JSON.parse(readFileSync(process.cwd() + "/wanted.json", "utf8"));
  export const running = new ConnectorDeployment("all", { server, connectors, ...config }).running;
`;

const foreignKey = "wgserver.domain.password";

describe("mishaps through the real engine", () => {
  const marker = `Marker-${randomUUID()}`;
  const folder = mkdtempSync(join(tmpdir(), "mishaps-"));
  const outputs: string[] = [];
  let cluster: Cluster;
  let project: Project;
  let stack: Stack;
  beforeAll(async () => {
    cluster = await startCluster({ directory: join(folder, "cluster"), nodes: 2, transport: "builtin", jobMilliseconds: 5 });
    project = new Project({ program });
    stack = project.stack("dev");
  });
  afterAll(async () => {
    await cluster.stop();
    project.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const want = (versions: Readonly<Record<string, string>>, config: object = {}, server: object = {}): void => {
    const connectors = Object.entries(versions).map(([name, pluginVersion]) => {
      mkdirSync(join(folder, pluginVersion), { recursive: true });
      const source = join(folder, pluginVersion, `${name}_jdbc.taco`);
      writeFileSync(source, makeTaco({ class: `${name}_jdbc`, pluginVersion }));
      return [name, { source }];
    });
    project.write(
      "wanted.json",
      JSON.stringify({ server: { ...cluster.server, ...server }, connectors: Object.fromEntries(connectors), config }),
    );
  };
  const changes = ({ steps }: OperationResult): string[] =>
    steps
      .filter(({ op, urn }) => op !== "same" && urn.includes("pulumi-nodejs:dynamic"))
      .map(({ op, name }) => `${op} ${name}`)
      .sort();
  const up = async (exitCode = 0): Promise<OperationResult> => {
    const result = await stack.up({ exitCode });
    outputs.push(result.output);
    return result;
  };
  const loaded = async (): Promise<string[][]> => {
    const { nodes } = await cluster.state();
    return nodes.map((node) => [...new Set(node.loaded.map((one) => `${one.class} ${one.pluginVersion}`))].sort());
  };

  test("a foreign pending change while keys must be applied: refused, untouched, its value nowhere; files alone leave it pending", async () => {
    want({ a: "1.0.0" }, { disableVerifyConnectorPluginSignature: false });
    await up();
    await cluster.tsm(["configuration", "set", "-k", foreignKey, "-v", marker]);
    const before = await cluster.state();
    want({ a: "1.1.0" }, { disableVerifyConnectorPluginSignature: true });
    expect((await up(1)).output).toContain(foreignKey);
    const refused = await cluster.state();
    expect([refused.restarts, refused.applies, refused.pending]).toEqual([before.restarts, before.applies, { [foreignKey]: marker }]);
    expect(await loaded()).toEqual([["a_jdbc 1.0.0"], ["a_jdbc 1.0.0"]]);

    want({ a: "1.1.0" }, { disableVerifyConnectorPluginSignature: false });
    expect((await up()).output).toContain(foreignKey);
    const alone = await cluster.state();
    expect([alone.restarts, alone.applies, alone.pending]).toEqual([before.restarts + 1, before.applies, { [foreignKey]: marker }]);
    expect(await loaded()).toEqual([["a_jdbc 1.1.0"], ["a_jdbc 1.1.0"]]);

    want({ a: "1.1.0" }, { disableVerifyConnectorPluginSignature: true, foreignPendingChanges: "discard" });
    await up();
    expect(await cluster.state()).toMatchObject({ pending: {}, applies: before.applies + 1 });
    const calls = alone.calls.filter(({ pid }) => pid > 0);
    for (const text of [...outputs, JSON.stringify(calls), JSON.stringify(stack.resources("show"))]) expect(text).not.toContain(marker);
  });

  test("a key rotated and a connector dropped in one up: the stack goes through", async () => {
    want({ a: "1.1.0", b: "1.0.0" });
    await up();
    // What stands in state is refused from now on.
    const text = stack.command("stack", "export", "--show-secrets");
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      privateKeyEncoding: { type: "pkcs1", format: "pem" },
      publicKeyEncoding: { type: "pkcs1", format: "pem" },
    });
    // A JSON text inside a JSON text.
    const quoted = JSON.stringify(JSON.stringify(privateKey).slice(1, -1)).slice(1, -1);
    const old = text.replaceAll(/-----BEGIN [^"]*?-----END OPENSSH PRIVATE KEY-----/g, quoted);
    expect(old).not.toBe(text);
    project.write("old-state.json", old);
    stack.command("stack", "import", "--file", join(project.directory, "old-state.json"));
    expect((await stack.refresh({ exitCode: 1 })).output).toContain("run `pulumi up` without --refresh once");

    want({ a: "1.1.0" });
    expect(changes(await up())).toEqual(["delete all-b", "update all-a", "update all-config"]);
    expect(await loaded()).toEqual([["a_jdbc 1.1.0"], ["a_jdbc 1.1.0"]]);
    await stack.preview({ refresh: true, expectNoChanges: true });
  });

  test("a connector dropped while a node is dead for good: the stack goes through, and the rest is destroyed", async () => {
    want({ a: "1.1.0", b: "1.0.0" });
    await up();
    await cluster.killNode("node2");
    want({ a: "1.1.0" }, {}, { nodes: cluster.server.nodes.slice(0, 1), allowPartialCluster: true });
    const result = await up();
    expect(changes(result)).toEqual(["delete all-b", "update all-a", "update all-config"]);
    expect(result.output).toContain("node2 left the list of nodes and is not contacted");
    expect((await loaded())[0]).toEqual(["a_jdbc 1.1.0"]);
    await stack.preview({ refresh: true, expectNoChanges: true });
    await stack.destroy();
    expect(stack.resources()).toEqual([]);
    expect((await loaded())[0]).toEqual([]);
  });
});
