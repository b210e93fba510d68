import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeTaco } from "../../../simulator";
import { Stage } from "../support";
import { pluginFolder } from "./support";

/** A program that names its server: how it is reached stands in the provider's configuration. */
const program = `
  import { readFileSync } from "node:fs";
  import { CustomResource } from "@pulumi/pulumi";
  const { connectors, config, imports = {} } = JSON.parse(readFileSync(process.cwd() + "/wanted.json", "utf8"));
  const make = (type: string, name: string, args: any, outputs: string[]) => {
    const properties = { ...args, ...Object.fromEntries(outputs.map((one) => [one, undefined])) };
    return new CustomResource("tableau:index:" + type, name, properties, imports[name] === undefined ? {} : { import: imports[name] }) as any;
  };
  const made = Object.entries(connectors).map(([name, args]: any) => make("TableauConnector", name, { server: "prod", ...args }, ["ref"]));
  export const running = make("TableauServerPluginsConfig", "prod", {
    server: "prod", connectors: made.map(({ ref }) => ref), ...config,
  }, ["running"]).running;
`;

const live = "/opt/tableau/connectors/a_jdbc.taco";

describe("servers in the provider's configuration", () => {
  let stage: Stage;
  const printed: string[] = [];
  beforeAll(async () => {
    stage = await Stage.start(program, { path: [pluginFolder()] });
    configure();
  });
  afterAll(() => stage.stop());

  const configure = (refresh?: "false"): void => {
    const servers = JSON.stringify({ prod: { nodes: stage.cluster.server.nodes } });
    stage.stack.config = {
      "tableau:servers": { value: servers, secret: true },
      ...(refresh === undefined ? {} : { "tableau:refresh": { value: refresh } }),
    };
  };
  const secrets = (): string[] => stage.cluster.server.nodes.flatMap(({ connection }) => connection?.privateKey.split("\n")[1] ?? []);

  test("what was set up by hand is imported as it is, without a restart and without a secret", async () => {
    const bytes = makeTaco({ class: "a_jdbc", pluginVersion: "1.0.0" });
    for (const { name } of stage.cluster.nodes) {
      mkdirSync(dirname(stage.cluster.nodePath(name, live)), { recursive: true });
      writeFileSync(stage.cluster.nodePath(name, live), bytes);
    }
    await stage.cluster.tsm(["restart"]);
    const before = await stage.restarts();
    // The program's folder has the package, as it has it in any program.
    writeFileSync(join(stage.project.directory, "a_jdbc.taco"), bytes);
    const connectors = { a: { source: "a_jdbc.taco", requireSignature: false } };
    stage.want({ connectors, config: {}, imports: { a: "prod/a_jdbc", prod: "prod" } });
    const up = await stage.stack.up();
    printed.push(up.output);
    // The update fills the store, from which every version can come back.
    expect(up.steps.map(({ op, name }) => `${op} ${name}`)).toEqual(["import a", "update a", "import prod"]);
    const [connector, config] = ["a", "prod"].map((name) => stage.stack.resources().find(({ urn }) => urn.endsWith(`::${name}`)));
    expect(connector?.inputs).toMatchObject({ server: "prod", source: "a_jdbc.taco", fileName: "a_jdbc.taco", pluginVersion: "1.0.0" });
    expect(config?.inputs).toMatchObject({
      server: "prod",
      connectors: [{ pluginClass: "a_jdbc", pluginVersion: "1.0.0" }],
      loaded: "current",
    });
    stage.want({ connectors, config: {} });
    printed.push((await stage.stack.up({ expectNoChanges: true })).output);
    expect(await stage.restarts()).toBe(before);
  });

  test.each([
    ["prod/none", /does not exist/],
    ["prod", /no id that can be imported.*NAME\/CLASS/s],
    ["test/a_jdbc", /"test" is not among .*"prod"/s],
  ])("the id %s is refused with what it should be", async (id, words) => {
    const a = { source: "a_jdbc.taco", requireSignature: false };
    stage.want({ connectors: { a, x: a }, config: {}, imports: { x: id } });
    expect((await stage.stack.preview({ exitCode: 1 })).output).toMatch(words);
    stage.want({ connectors: { a }, config: {} });
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
    expect(diagnostics.filter(({ severity, message }) => severity === "warning" && message.includes("Not looked at"))).toHaveLength(2);
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
