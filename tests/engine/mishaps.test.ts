import { generateKeyPairSync, randomUUID } from "node:crypto";
import { join } from "node:path";
import { type OperationResult, Stage } from "./support";

const program = `
  import { readFileSync } from "node:fs";
  import { ConnectorDeployment } from "pulumi-tableau";
  const { server, connectors, config } = JSON.parse(readFileSync(process.cwd() + "/wanted.json", "utf8"));
  export const running = new ConnectorDeployment("all", { server, connectors, ...config }).running;
`;

const foreignKey = "wgserver.domain.password";

describe("mishaps through the real engine", () => {
  const marker = `Marker-${randomUUID()}`;
  const outputs: string[] = [];
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start(program);
  });
  afterAll(() => stage.stop());

  const want = (versions: Readonly<Record<string, string>>, config: object = {}, server: object = {}): void => {
    const connectors = Object.entries(versions).map(([name, version]) => [name, { source: stage.package(`${name}_jdbc`, version) }]);
    stage.want({ server: { ...stage.cluster.server, ...server }, connectors: Object.fromEntries(connectors), config });
  };
  const changes = ({ steps }: OperationResult): string[] =>
    steps
      .filter(({ op, urn }) => op !== "same" && urn.includes("pulumi-nodejs:dynamic"))
      .map(({ op, name }) => `${op} ${name}`)
      .sort();
  const up = async (exitCode = 0): Promise<OperationResult> => {
    const result = await stage.stack.up({ exitCode });
    outputs.push(result.output);
    return result;
  };

  test("a foreign pending change while keys must be applied: refused, untouched, its value nowhere; files alone leave it pending", async () => {
    want({ a: "1.0.0" }, { disableVerifyConnectorPluginSignature: false });
    await up();
    await stage.cluster.tsm(["configuration", "set", "-k", foreignKey, "-v", marker]);
    const before = await stage.cluster.state();
    want({ a: "1.1.0" }, { disableVerifyConnectorPluginSignature: true });
    expect((await up(1)).output).toContain(foreignKey);
    const refused = await stage.cluster.state();
    expect([refused.restarts, refused.applies, refused.pending]).toEqual([before.restarts, before.applies, { [foreignKey]: marker }]);
    expect(await stage.loaded()).toEqual([["a_jdbc 1.0.0"], ["a_jdbc 1.0.0"]]);

    want({ a: "1.1.0" }, { disableVerifyConnectorPluginSignature: false });
    expect((await up()).output).toContain(foreignKey);
    const alone = await stage.cluster.state();
    expect([alone.restarts, alone.applies, alone.pending]).toEqual([before.restarts + 1, before.applies, { [foreignKey]: marker }]);
    expect(await stage.loaded()).toEqual([["a_jdbc 1.1.0"], ["a_jdbc 1.1.0"]]);

    want({ a: "1.1.0" }, { disableVerifyConnectorPluginSignature: true, foreignPendingChanges: "discard" });
    await up();
    expect(await stage.cluster.state()).toMatchObject({ pending: {}, applies: before.applies + 1 });
    const calls = alone.calls.filter(({ pid }) => pid > 0);
    for (const text of [...outputs, JSON.stringify(calls), JSON.stringify(stage.stack.resources("show"))]) {
      expect(text).not.toContain(marker);
    }
  });

  test("a key rotated and a connector dropped in one up: the stack goes through", async () => {
    want({ a: "1.1.0", b: "1.0.0" });
    await up();
    // What stands in state is refused from now on.
    const text = stage.stack.command("stack", "export", "--show-secrets");
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      privateKeyEncoding: { type: "pkcs1", format: "pem" },
      publicKeyEncoding: { type: "pkcs1", format: "pem" },
    });
    // A JSON text inside a JSON text.
    const quoted = JSON.stringify(JSON.stringify(privateKey).slice(1, -1)).slice(1, -1);
    const old = text.replaceAll(/-----BEGIN [^"]*?-----END OPENSSH PRIVATE KEY-----/g, quoted);
    expect(old).not.toBe(text);
    stage.project.write("old-state.json", old);
    stage.stack.command("stack", "import", "--file", join(stage.project.directory, "old-state.json"));
    expect((await stage.stack.refresh({ exitCode: 1 })).output).toContain("run `pulumi up` without --refresh once");

    want({ a: "1.1.0" });
    expect(changes(await up())).toEqual(["delete all-b", "update all-a", "update all-config"]);
    expect(await stage.loaded()).toEqual([["a_jdbc 1.1.0"], ["a_jdbc 1.1.0"]]);
    await stage.stack.preview({ refresh: true, expectNoChanges: true });
  });

  test("a connector dropped while a node is dead for good: the stack goes through, and the rest is destroyed", async () => {
    want({ a: "1.1.0", b: "1.0.0" });
    await up();
    await stage.cluster.killNode("node2");
    want({ a: "1.1.0" }, {}, { nodes: stage.cluster.server.nodes.slice(0, 1), allowPartialCluster: true });
    const result = await up();
    expect(changes(result)).toEqual(["delete all-b", "update all-a", "update all-config"]);
    expect(result.output).toContain("node2 left the list of nodes and is not contacted");
    expect((await stage.loaded())[0]).toEqual(["a_jdbc 1.1.0"]);
    await stage.stack.preview({ refresh: true, expectNoChanges: true });
    await stage.stack.destroy();
    expect(stage.stack.resources()).toEqual([]);
    expect((await stage.loaded())[0]).toEqual([]);
  });
});
