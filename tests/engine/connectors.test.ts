import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";
import { type OperationResult, Stage } from "./support";

/** Resources side by side or in the component, by what `wanted.json` says. */
const program = `
  import { readFileSync } from "node:fs";
  import { Config } from "@pulumi/pulumi";
  import { ConnectorDeployment, TableauConnector, TableauServerPluginsConfig } from "pulumi-tableau";
  const { shape, configName, server, connectors, config } = JSON.parse(readFileSync(process.cwd() + "/wanted.json", "utf8"));
  const activation = { ...config, activation: new Config().get("activation") ?? "now" };
  export const running = shape === "component"
    ? new ConnectorDeployment("all", { server, connectors, ...activation }).running
    : new TableauServerPluginsConfig(configName, {
        server,
        connectors: Object.keys(connectors).map((name) => new TableauConnector(name, { server, ...connectors[name] })),
        ...activation,
      }).running;
`;

interface Wanted {
  readonly shape: "side by side" | "component";
  readonly configName: string;
  readonly serverName: string;
  /** Name to class and version. */
  readonly connectors: Readonly<Record<string, readonly [string, string]>>;
  readonly config: Readonly<Record<string, unknown>>;
}

describe("connectors through the real engine", () => {
  const password = `Pass-${randomUUID()}`;
  let stage: Stage;
  let wanted: Wanted;
  const outputs: string[] = [];

  beforeAll(async () => {
    stage = await Stage.start(program, { account: { username: "admin", password } });
    want({
      shape: "side by side",
      configName: "config",
      serverName: "prod",
      connectors: { a: ["a_jdbc", "1.0.0"], b: ["b_jdbc", "1.0.0"] },
      config: {},
    });
  });
  afterAll(() => stage.stop());

  const want = (change: Partial<Wanted>): void => {
    wanted = { ...wanted, ...change };
    const connectors = Object.entries(wanted.connectors).map(([name, [pluginClass, pluginVersion]]) => {
      return [name, { source: stage.package(pluginClass, pluginVersion) }];
    });
    const server = { ...stage.cluster.server, name: wanted.serverName, tsm: { username: "admin", password } };
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
    expect(after.nodes.map(({ files }) => files)).toEqual(before.nodes.map(({ files }) => files));
  });

  test("up: connectors first, then the config, one restart; again: nothing, and no call that changes anything", async () => {
    const first = await stage.stack.up();
    outputs.push(first.output);
    expect(first.steps.map(({ name }) => name).at(-1)).toBe("config");
    expect(await stage.loaded()).toEqual(everywhere("a_jdbc 1.0.0", "b_jdbc 1.0.0"));
    expect(stage.stack.outputs()["running"]).toMatchObject({ a_jdbc: { version: "1.0.0" } });
    // Progress is a live status of the resource that works, and leaves nothing.
    expect(
      first.diagnostics.some(
        ({ ephemeral, urn, message }) => ephemeral && urn?.endsWith("::config") === true && message.includes("restart prod"),
      ),
    ).toBe(true);
    const { length } = (await stage.cluster.state()).calls;
    expect(await restarts(() => stage.stack.up({ refresh: true, expectNoChanges: true }))).toBe(0);
    const words = (await stage.cluster.state()).calls.slice(length).map(({ argv }) => argv.join(" "));
    expect(words.filter((call) => /^(configuration set|pending-changes (apply|discard)|restart|start|stop)/.test(call))).toEqual([]);
  });

  test("one dropped, one added, one changed: the engine's order, and one restart", async () => {
    want({ connectors: { a: ["a_jdbc", "1.1.0"], c: ["c_jdbc", "1.0.0"] } });
    const before = await stage.restarts();
    const { steps, output } = await stage.stack.up();
    outputs.push(output);
    const changes = steps.filter(({ op }) => op !== "same").map(({ op, name }) => `${op} ${name}`);
    expect([...changes.slice(0, 2)].sort()).toEqual(["create c", "update a"]);
    expect(changes.slice(2)).toEqual(["update config", "delete b"]);
    expect((await stage.restarts()) - before).toBe(1);
    expect(await stage.loaded()).toEqual(everywhere("a_jdbc 1.1.0", "c_jdbc 1.0.0"));
  });

  test("another name of the config, of the server, and a move into the component without aliases: no restart, every file in place", async () => {
    const files = (await stage.cluster.state()).nodes.map((node) =>
      node.files.filter(({ path }) => path.startsWith("/opt/tableau/connectors")),
    );
    want({ configName: "renamed", serverName: "production" });
    expect(await restarts(() => stage.stack.up())).toBe(0);
    want({ shape: "component" });
    expect(
      await restarts(
        () => stage.stack.up(),
        () => stage.stack.up({ refresh: true, expectNoChanges: true }),
      ),
    ).toBe(0);
    expect(
      (await stage.cluster.state()).nodes.map((node) => node.files.filter(({ path }) => path.startsWith("/opt/tableau/connectors"))),
    ).toEqual(files);
    expect(
      stage.stack
        .resources()
        .filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic"))
        .map(({ urn }) => urn.split("::").at(-1))
        .sort(),
    ).toEqual(["all-a", "all-c", "all-config"]);
    expect(await stage.loaded()).toEqual(everywhere("a_jdbc 1.1.0", "c_jdbc 1.0.0"));
  });

  test("drift on one node: the gate ends with exit code 7, also after a saved refresh, and names node and file; up repairs", async () => {
    appendFileSync(stage.cluster.nodePath("node2", "/opt/tableau/connectors/a_jdbc.taco"), "tampered");
    const gate = await stage.stack.preview({ refresh: true, expectNoChanges: true, diff: true, exitCode: 7 });
    outputs.push(gate.output);
    expect(gate.output).toMatch(/node2/);
    expect(Object.keys(gate.steps.find(({ op, name }) => op === "update" && name === "all-config")?.detailedDiff ?? {})).toEqual([
      expect.stringMatching(/^live\.node2/),
    ]);
    expect(
      gate.diagnostics.filter(({ message }) => /^Drift on \w+: a_jdbc\.taco on node2 has digest .*restarts \w+ once/.test(message)).length,
    ).toBeGreaterThan(0);
    expect(
      await restarts(
        () => stage.stack.refresh(),
        () => stage.stack.preview({ refresh: true, expectNoChanges: true, exitCode: 7 }),
      ),
    ).toBe(0);
    expect(await restarts(() => stage.stack.up())).toBe(1);
    expect(await restarts(() => stage.stack.preview({ refresh: true, expectNoChanges: true }))).toBe(0);
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

  test("two ups at the same time: a second stack is refused with the first one's name", async () => {
    const other = stage.project.stack("other");
    want({ connectors: { a: ["a_jdbc", "3.1.0"] } });
    const [first, second] = await Promise.all([stage.stack.up(), other.up({ exitCode: 1 })]);
    outputs.push(first.output, second.output);
    expect(second.output).toMatch(/belong to the stack test\/dev/);
    expect(await stage.loaded()).toEqual(everywhere("a_jdbc 3.1.0"));
    await other.destroy();
    expect(await stage.loaded()).toEqual(everywhere("a_jdbc 3.1.0"));
  });

  test("bad input: every failure at once, with its property path, before any host is touched", async () => {
    const { length } = (await stage.cluster.state()).calls;
    want({ config: { activation: "later", foreignPendingChanges: "maybe", connectPluginsPath: "relative", timeouts: { ready: 0 } } });
    const { output } = await stage.stack.preview({ exitCode: 1 });
    for (const property of ["foreignPendingChanges", "connectPluginsPath", "timeouts.ready"]) expect(output).toContain(property);
    expect((await stage.cluster.state()).calls).toHaveLength(length);
    want({ config: {} });
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
