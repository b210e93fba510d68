import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { makeTaco } from "../../../simulator";
import { Stage } from "../support";
import { pluginFolder } from "./support";
import { PluginClient } from "./support/plugin-client";

/** A program that names its server: how it is reached stands in the provider's configuration. */
const program = `
  import { readFileSync } from "node:fs";
  import { CustomResource } from "@pulumi/pulumi";
  const { connectors, drivers = {}, config, imports = {}, timeouts = {} } = JSON.parse(readFileSync(process.cwd() + "/wanted.json", "utf8"));
  const make = (type: string, name: string, args: any, outputs: string[]) => {
    const properties = { ...args, ...Object.fromEntries(outputs.map((one) => [one, undefined])) };
    const options = { ...(imports[name] && { import: imports[name] }), ...(timeouts[name] && { customTimeouts: timeouts[name] }) };
    return new CustomResource("tableau:index:" + type, name, properties, options) as any;
  };
  const each = (type: string, all: object) =>
    Object.entries(all).map(([name, args]: any) => make(type, name, { server: "prod", ...args }, ["ref"]).ref);
  export const running = make("TableauServerPluginsConfig", "prod", {
    server: "prod", connectors: each("TableauConnector", connectors), drivers: each("TableauDriver", drivers), ...config,
  }, ["running"]).running;
`;

const live = "/opt/tableau/connectors/a_jdbc.taco";
const liveDriver = "/opt/tableau/tableau_driver/jdbc/postgresql.jar";
const drivers = { d: { source: "postgresql.jar" } };

describe("servers in the provider's configuration", () => {
  let stage: Stage;
  const printed: string[] = [];
  beforeAll(async () => {
    stage = await Stage.start(program, { path: [pluginFolder()] });
    configure();
  });
  afterAll(() => stage.stop());

  // A node that is not there is not waited for.
  const nodes = (): object[] =>
    stage.cluster.server.nodes.map((node) => ({ ...node, connection: { ...node.connection, dialErrorLimit: 1 } }));
  const configure = (refresh?: "false"): void => {
    const servers = JSON.stringify({ prod: { nodes: nodes() } });
    stage.stack.config = {
      "tableau:servers": { value: servers, secret: true },
      ...(refresh === undefined ? {} : { "tableau:refresh": { value: refresh } }),
    };
  };
  const secrets = (): string[] => stage.cluster.server.nodes.flatMap(({ connection }) => connection?.privateKey.split("\n")[1] ?? []);

  test("what was set up by hand is imported as it is, without a restart and without a secret", async () => {
    const bytes = makeTaco({ class: "a_jdbc", pluginVersion: "1.0.0" });
    for (const path of [live, liveDriver]) {
      for (const { name } of stage.cluster.nodes) {
        mkdirSync(dirname(stage.cluster.nodePath(name, path)), { recursive: true });
        writeFileSync(stage.cluster.nodePath(name, path), bytes);
      }
      // The program's folder has the files, as it has them in any program.
      writeFileSync(join(stage.project.directory, basename(path)), bytes);
    }
    await stage.cluster.tsm(["restart"]);
    const before = await stage.restarts();
    const connectors = { a: { source: "a_jdbc.taco", requireSignature: false } };
    stage.want({ connectors, drivers, config: {}, imports: { a: "prod/a_jdbc", d: "prod/postgresql.jar", prod: "prod" } });
    const up = await stage.stack.up();
    printed.push(up.output);
    // The update fills the store, from which every version can come back.
    expect(up.steps.map(({ op, name }) => `${op} ${name}`).sort()).toEqual(["import a", "import d", "import prod", "update a", "update d"]);
    const [connector, driver, config] = ["a", "d", "prod"].map((name) =>
      stage.stack.resources().find(({ urn }) => urn.endsWith(`::${name}`)),
    );
    expect(connector?.inputs).toMatchObject({ server: "prod", source: "a_jdbc.taco", fileName: "a_jdbc.taco", pluginVersion: "1.0.0" });
    expect(config?.inputs).toMatchObject({
      server: "prod",
      connectors: [{ pluginClass: "a_jdbc", pluginVersion: "1.0.0" }],
      drivers: [{ fileName: "postgresql.jar" }],
      loaded: "current",
    });
    expect(driver?.inputs).toMatchObject({ server: "prod", source: "postgresql.jar", fileName: "postgresql.jar" });
    stage.want({ connectors, drivers, config: {} });
    printed.push((await stage.stack.up({ expectNoChanges: true })).output);
    expect(await stage.restarts()).toBe(before);
  });

  test("an id that is not there is refused", async () => {
    const a = { source: "a_jdbc.taco", requireSignature: false };
    stage.want({ connectors: { a, x: a }, drivers, config: {}, imports: { x: "prod/none" } });
    expect((await stage.stack.preview({ exitCode: 1 })).output).toMatch(/does not exist/);
  });

  test("List tells the ids that can be imported", async () => {
    const plugin = await PluginClient.start({ prod: { nodes: nodes() } });
    try {
      expect(await plugin.list("tableau:index:TableauConnector")).toEqual(["prod/a_jdbc"]);
      expect(await plugin.list("tableau:index:TableauDriver")).toEqual(["prod/postgresql.jar"]);
      expect(await plugin.list("tableau:index:TableauServerPluginsConfig")).toEqual(["prod/plugins-config"]);
      await expect(plugin.list("tableau:index:TableauWorkbook")).rejects.toThrow(/There is no resource tableau:index:TableauWorkbook/);
    } finally {
      plugin.stop();
    }
  });

  test("customTimeouts, which cannot be kept to, are refused in preview with what limits the steps", async () => {
    const a = { source: "a_jdbc.taco", requireSignature: false };
    stage.want({ connectors: { a }, drivers, config: { rollback: false }, timeouts: { prod: { update: "1m" } } });
    const { output } = await stage.stack.preview({ exitCode: 1 });
    expect(output).toMatch(/customTimeouts \(60 s\) cannot be kept to: .*`timeouts` of TableauServerPluginsConfig/);
    stage.want({ connectors: { a }, drivers, config: {} });
  });

  test("new credentials come from the configuration, and the state has none", () => {
    const text = JSON.stringify(stage.stack.resources("show").filter(({ type }) => type.startsWith("tableau:index:")));
    for (const secret of secrets()) expect(text).not.toContain(secret);
    const state = JSON.stringify(stage.stack.resources());
    for (const secret of secrets()) expect([state, ...printed].join("\n")).not.toContain(secret);
  });

  test("a node out of reach: plain preview names it, and how to do without", async () => {
    await stage.cluster.fault("unreachable-node", "node2");
    const failed = await stage.stack.preview({ exitCode: 1 });
    expect(failed.output).toMatch(/\[node2\]/);
    expect(failed.output).toMatch(/PULUMI_TABLEAU_REFRESH=false/);
    const without = stage.project.stack("dev", { path: [pluginFolder()], environment: { PULUMI_TABLEAU_REFRESH: "false" } });
    without.config = stage.stack.config;
    const { diagnostics } = await without.preview({ expectNoChanges: true });
    expect(diagnostics.filter(({ severity, message }) => severity === "warning" && message.includes("Not looked at"))).toHaveLength(3);
    await stage.cluster.clearFaults();
  });

  test("tableau:refresh false: nobody looks who is not asked to", async () => {
    configure("false");
    // The engine looks with the configuration of the last update: the first keeps it, the second acts by it.
    await stage.stack.up({ expectNoChanges: true });
    await stage.stack.up({ expectNoChanges: true });
    copyFileSync(__filename, stage.cluster.nodePath("node2", live));
    await stage.stack.preview({ expectNoChanges: true });
    const asked = await stage.stack.preview({ refresh: true, expectNoChanges: true, exitCode: 7 });
    expect(asked.output).toMatch(/Drift on prod: a_jdbc\.taco on node2/);
  });
});
