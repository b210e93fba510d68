import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";
import { type OperationResult, Stage } from "../support";
import { pluginFolder } from "./support";
import { installNodePackage } from "./support/node-package";

/** A program with the generated package for Node.js. */
const program = `
  import { readFileSync } from "node:fs";
  import { Config, secret } from "@pulumi/pulumi";
  import { TableauConnector, TableauServerPluginsConfig } from "@pulumi-tableau/tableau";
  const wanted = JSON.parse(readFileSync(process.cwd() + "/wanted.json", "utf8"));
  const nodes = wanted.server.nodes.map((node: any) => {
    return { ...node, connection: { ...node.connection, privateKey: secret(node.connection.privateKey) } };
  });
  const server = { ...wanted.server, nodes };
  const made = Object.entries(wanted.connectors).map(([name, { source }]: any) => new TableauConnector(name, { server, source }));
  export const running = new TableauServerPluginsConfig(wanted.configName, {
    server,
    connectors: made.map(({ ref }) => ref),
    ...wanted.config,
    activation: new Config().get("activation") ?? "now",
  }).running;
`;

interface Wanted {
  readonly configName: string;
  /** Name to class and version. */
  readonly connectors: Readonly<Record<string, readonly [string, string]>>;
  readonly config: Readonly<Record<string, unknown>>;
}

describe("connectors through the provider plugin", () => {
  const password = `Pass-${randomUUID()}`;
  let stage: Stage;
  let wanted: Wanted = { configName: "config", connectors: { a: ["a_jdbc", "1.0.0"], b: ["b_jdbc", "1.0.0"] }, config: {} };
  const outputs: string[] = [];

  beforeAll(async () => {
    stage = await Stage.start(program, { account: { username: "admin", password }, path: [pluginFolder()] });
    installNodePackage(stage.project);
    want({});
  });
  afterAll(() => stage.stop());

  const want = (change: Partial<Wanted>): void => {
    wanted = { ...wanted, ...change };
    const connectors = Object.entries(wanted.connectors).map(([name, [pluginClass, pluginVersion]]) => {
      return [name, { source: stage.package(pluginClass, pluginVersion) }];
    });
    const server = { ...stage.cluster.server, name: "prod", tsm: { username: "admin", password } };
    stage.want({ ...wanted, server, connectors: Object.fromEntries(connectors) });
  };

  /** Runs operations and tells how many restarts they cost. */
  const restarts = async (...operations: (() => Promise<OperationResult>)[]): Promise<number> => {
    const before = await stage.restarts();
    for (const operation of operations) outputs.push((await operation()).output);
    return (await stage.restarts()) - before;
  };
  const everywhere = (...connectors: string[]): string[][] => [connectors, connectors];

  test("preview: every computed input is known, one sentence for each resource, nothing is touched", async () => {
    const before = await stage.cluster.state();
    const { steps, diagnostics } = await stage.stack.preview();
    expect(steps.map(({ op, name }) => `${op} ${name}`).sort()).toEqual(["create a", "create b", "create config"]);
    const config = steps.find(({ name }) => name === "config");
    expect(config?.newInputs["live"]).toMatchObject({ node1: { "a_jdbc.taco": expect.stringMatching(/^[0-9a-f]{64}$/) } });
    for (const name of ["a", "b", "config"]) expect(diagnostics.filter(({ urn }) => urn?.endsWith(`::${name}`))).toHaveLength(1);
    expect(diagnostics.find(({ urn }) => urn?.endsWith("::config"))?.message).toMatch(/restarts prod once and disconnects its users/);
    const after = await stage.cluster.state();
    expect(after.calls).toEqual(before.calls);
  });

  test("up: connectors first, then the config, one restart; again: nothing, and no call that changes anything", async () => {
    const first = await stage.stack.up();
    outputs.push(first.output);
    expect(first.steps.map(({ name }) => name).at(-1)).toBe("config");
    expect(await stage.loaded()).toEqual(everywhere("a_jdbc 1.0.0", "b_jdbc 1.0.0"));
    expect(stage.stack.outputs()["running"]).toMatchObject({ a_jdbc: { version: "1.0.0" } });
    const { length } = (await stage.cluster.state()).calls;
    expect(await restarts(() => stage.stack.up({ expectNoChanges: true }))).toBe(0);
    const words = (await stage.cluster.state()).calls.slice(length).map(({ argv }) => argv.join(" "));
    expect(words.filter((call) => /^(configuration set|pending-changes (apply|discard)|restart|start|stop)/.test(call))).toEqual([]);
  });

  test("drift on one node: plain preview ends with exit code 7 and names node and file; plain up repairs", async () => {
    appendFileSync(stage.cluster.nodePath("node2", "/opt/tableau/connectors/a_jdbc.taco"), "tampered");
    const gate = await stage.stack.preview({ expectNoChanges: true, diff: true, exitCode: 7 });
    outputs.push(gate.output);
    expect(Object.keys(gate.steps.find(({ op, name }) => op === "update" && name === "config")?.detailedDiff ?? {})).toEqual([
      expect.stringMatching(/^live\.node2/),
    ]);
    expect(gate.output).toMatch(/Drift on \w+: a_jdbc\.taco on node2 has digest .*restarts \w+ once/);
    expect(await restarts(() => stage.stack.up())).toBe(1);
    expect(await restarts(() => stage.stack.preview({ expectNoChanges: true }))).toBe(0);
  });

  test("one dropped, one added, one changed: the engine's order, and one restart", async () => {
    want({ connectors: { a: ["a_jdbc", "1.1.0"], c: ["c_jdbc", "1.0.0"] } });
    const before = await stage.restarts();
    const { steps, output } = await stage.stack.up();
    outputs.push(output);
    const changes = steps.filter(({ op }) => !["same", "refresh"].includes(op)).map(({ op, name }) => `${op} ${name}`);
    expect([...changes.slice(0, 2)].sort()).toEqual(["create c", "update a"]);
    expect(changes.slice(2)).toEqual(["update config", "delete b"]);
    expect((await stage.restarts()) - before).toBe(1);
    expect(await stage.loaded()).toEqual(everywhere("a_jdbc 1.1.0", "c_jdbc 1.0.0"));
  });

  test("hold from the stack's config, then now: one restart without any other change in the program", async () => {
    want({ connectors: { a: ["a_jdbc", "3.0.0"], c: ["c_jdbc", "1.0.0"] } });
    stage.stack.config = { activation: { value: "hold" } };
    expect(
      await restarts(
        () => stage.stack.up(),
        () => stage.stack.up(),
      ),
    ).toBe(0);
    expect(await stage.loaded()).toEqual(everywhere("a_jdbc 1.1.0", "c_jdbc 1.0.0"));
    stage.stack.config = { activation: { value: "now" } };
    expect(await restarts(() => stage.stack.up())).toBe(1);
    expect(await stage.loaded()).toEqual(everywhere("a_jdbc 3.0.0", "c_jdbc 1.0.0"));
  });

  test("bad input: every failure at once, with its property path", async () => {
    const good = wanted.config;
    want({ config: { foreignPendingChanges: "maybe", connectPluginsPath: "relative", timeouts: { ready: 0 } } });
    const { output } = await stage.stack.preview({ exitCode: 1 });
    for (const property of ["foreignPendingChanges", "connectPluginsPath", "timeouts.ready"]) expect(output).toContain(property);
    want({ config: good });
  });

  test("no secret in the state in the clear, nor in anything that was printed; the rest of the server stays readable", () => {
    const text = JSON.stringify(stage.stack.resources());
    const key = stage.cluster.server.nodes[0]?.connection?.privateKey.split("\n")[1] ?? "";
    expect(key.length).toBeGreaterThan(20);
    expect(JSON.stringify(stage.stack.resources("show"))).toContain(password);
    for (const secret of [password, key]) expect(text).not.toContain(secret);
    for (const secret of [password, key]) expect(outputs.join("\n")).not.toContain(secret);
    expect(text).toContain(`"host":"127.0.0.1"`);
  });

  test("destroy: one restart, nothing left but the store", async () => {
    expect(await restarts(() => stage.stack.destroy())).toBe(1);
    expect(await stage.loaded()).toEqual(everywhere());
    expect(stage.stack.resources()).toEqual([]);
  });
});
