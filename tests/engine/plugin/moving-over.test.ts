import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type OperationResult, Project, Stage } from "../support";
import { pluginFolder } from "./support";
import { makePython, yamlHost } from "./support/host";
import { Pulumi } from "./support/pulumi";

/** Dynamic resources; for the way back from the plugin a program says their tokens there, which the generated packages know by themselves. */
const program = `
  import { readFileSync } from "node:fs";
  import { TableauConnector, TableauServerPluginsConfig } from "pulumi-tableau";
  const { server, connectors } = JSON.parse(readFileSync(process.cwd() + "/wanted.json", "utf8"));
  const from = (type: string) => ({ aliases: [{ type: "tableau:index:" + type }] });
  const a = new TableauConnector("a", { server, source: connectors.a.source }, from("TableauConnector"));
  const args = { server, connectors: [a], timeouts: { ready: 600 } };
  export const running = new TableauServerPluginsConfig("config", args, from("TableauServerPluginsConfig")).running;
`;

interface Wanted {
  readonly server: object;
  readonly connectors: { readonly a: { readonly source: string } };
}

const yamlProgram = ({ server, connectors }: Wanted): object => ({
  name: "test",
  runtime: "yaml",
  resources: {
    a: { type: "tableau:TableauConnector", properties: { server, source: connectors.a.source } },
    config: {
      type: "tableau:TableauServerPluginsConfig",
      properties: { server, connectors: ["${a.ref}"], timeouts: { ready: 600 } },
    },
  },
});

describe("a stack of dynamic resources in TypeScript becomes a program in another language on the plugin, and comes back", () => {
  let stage: Stage;
  let python: Pulumi;
  let yaml: Pulumi;
  beforeAll(async () => {
    // Pulumi asks the earlier provider of a resource too.
    stage = await Stage.start(program, { path: [pluginFolder()] });
    // The same project and stack, from another folder.
    const beside = (): Project => new Project({ name: "test", backend: stage.project.backend });
    python = new Pulumi(beside(), makePython(stage.folder));
    python.project.write("Pulumi.yaml", "name: test\nruntime: python\n");
    cpSync(join(__dirname, "languages/python/__main__.py"), join(python.project.directory, "__main__.py"));
    yaml = new Pulumi(beside(), { path: [yamlHost()] });
  });
  afterAll(() => stage.stop());

  const want = (version: string): Wanted => {
    const source = stage.package("a_jdbc", version);
    const wanted: Wanted = { server: { ...stage.cluster.server, name: "prod" }, connectors: { a: { source } } };
    for (const { directory } of [stage.project, python.project]) writeFileSync(join(directory, "wanted.json"), JSON.stringify(wanted));
    yaml.project.write("Pulumi.yaml", JSON.stringify(yamlProgram(wanted)));
    return wanted;
  };
  const up = async (pulumi: Pulumi): Promise<string> => {
    const { exitCode, output } = await pulumi.operate({ operation: "up" });
    if (exitCode !== 0) throw new Error(output);
    return output;
  };
  const findNothing = async (pulumi: Pulumi): Promise<void> => {
    expect(await pulumi.operate({ operation: "preview", expectNoChanges: true })).toMatchObject({ exitCode: 0 });
  };
  const changesOf = ({ steps }: OperationResult): string[] =>
    steps.filter(({ op }) => !["same", "refresh"].includes(op)).map(({ op, name }) => `${op} ${name}`);
  const server = async (): Promise<object> => {
    const { nodes, restarts } = await stage.cluster.state();
    return { restarts, files: nodes.map(({ files }) => files.filter(({ path }) => path.startsWith("/opt/tableau/connectors"))) };
  };
  const ownTypes = (): string[] =>
    stage.stack.resources().flatMap(({ type }) => (/^tableau:index:|dynamic\/tableau:/.test(type) ? [type.replace(/:\w+$/, "")] : []));

  test("to Python and back: two updates, no restart, no file touched, unchanged at the next run", async () => {
    want("1.0.0");
    await stage.stack.up();
    const before = await server();
    expect(await up(python)).toMatch(/~ 2 updated/);
    await findNothing(python);
    expect(ownTypes()).toEqual(["tableau:index", "tableau:index"]);
    const state = JSON.stringify(stage.stack.resources());
    for (const left of ["__provider", "credentials", "__urn"]) expect(state).not.toContain(`"${left}"`);

    expect(changesOf(await stage.stack.up())).toEqual(["update a", "update config"]);
    await stage.stack.preview({ refresh: true, expectNoChanges: true });
    expect(ownTypes()).toEqual(["pulumi-nodejs:dynamic/tableau", "pulumi-nodejs:dynamic/tableau"]);
    expect(await server()).toEqual(before);
  });

  (yamlHost() === "" ? describe.skip : describe)("to YAML (skipped until `node scripts/yaml.mjs` has built its language host)", () => {
    test("and back: the same", async () => {
      const before = await server();
      expect(await up(yaml)).toMatch(/~ 2 updated/);
      await findNothing(yaml);
      expect(ownTypes()).toEqual(["tableau:index", "tableau:index"]);
      expect(changesOf(await stage.stack.up())).toEqual(["update a", "update config"]);
      expect(await server()).toEqual(before);
    });
  });

  test("moved and changed in one step, each way: one restart", async () => {
    const before = await stage.restarts();
    want("2.0.0");
    await up(python);
    expect([await stage.restarts(), await stage.loaded()]).toEqual([before + 1, [["a_jdbc 2.0.0"], ["a_jdbc 2.0.0"]]]);
    want("2.1.0");
    await stage.stack.up();
    expect([await stage.restarts(), await stage.loaded()]).toEqual([before + 2, [["a_jdbc 2.1.0"], ["a_jdbc 2.1.0"]]]);
    await stage.stack.destroy();
    expect(await stage.loaded()).toEqual([[], []]);
  });
});
