import { join } from "node:path";
import { Backend, type OperationResult, Project, Stage, type Stack } from "./support";

/** One connector and its config, by what `wanted.json` says: under which name, and whether in a component that they were moved into. */
const program = `
  import { readFileSync } from "node:fs";
  import { ComponentResource, rootStackResource } from "@pulumi/pulumi";
  import { TableauConnector, TableauServerPluginsConfig } from "pulumi-tableau";
  const { server, source, name, moved } = JSON.parse(readFileSync(process.cwd() + "/wanted.json", "utf8"));
  const options = moved ? { parent: new ComponentResource("shop:Servers", "servers"), aliases: [{ parent: rootStackResource }] } : {};
  const a = new TableauConnector("a", { server, source }, options);
  new TableauServerPluginsConfig(name, { server, connectors: [a] }, options);
`;

interface Wanted {
  readonly version: string;
  readonly name: string;
  readonly moved: boolean;
}

describe("names that follow, through the real engine", () => {
  let stage: Stage;
  let wanted: Wanted = { version: "1.0.0", name: "config", moved: false };
  beforeAll(async () => {
    stage = await Stage.start(program);
  });
  afterAll(() => stage.stop());

  const want = (change: Partial<Wanted>, project: Project = stage.project): void => {
    wanted = { ...wanted, ...change };
    const { version, ...rest } = wanted;
    project.write("wanted.json", JSON.stringify({ ...rest, server: stage.cluster.server, source: stage.package("a_jdbc", version) }));
  };
  /** Runs an operation that must cost no restart, and gives what it printed about the config. */
  const withoutRestart = async (operation: () => Promise<OperationResult>): Promise<string> => {
    const before = await stage.restarts();
    const { output } = await operation();
    expect((await stage.restarts()) - before).toBe(0);
    return output;
  };
  const everywhere = (version: string): string[][] => [[`a_jdbc ${version}`], [`a_jdbc ${version}`]];
  const urnOf = (stack: Stack, type: string): string => {
    const urn = stack.resources().find((one) => one.type.endsWith(type))?.urn;
    if (urn === undefined) throw new Error(`no ${type}`);
    return urn;
  };

  test("stack, project and resource renamed, moved to another stack and into a component: no restart, nothing refused, preview tells it", async () => {
    const dev = stage.stack;
    want({});
    await dev.up();
    expect(await stage.loaded()).toEqual(everywhere("1.0.0"));

    dev.command("stack", "rename", "renamed");
    const renamed = stage.project.stack("renamed");
    expect((await renamed.preview()).output).toMatch(
      /will be called test\/renamed \(config\) instead of test\/dev \(config\)\. No restart/,
    );
    expect(await withoutRestart(() => renamed.up())).toMatch(/test\/dev \(config\) until now/);

    renamed.command("stack", "rename", "organization/shop/renamed");
    stage.project.write("Pulumi.yaml", "name: shop\nruntime: nodejs\nmain: index.ts\n");
    const shop = new Project({ name: "shop", directory: stage.project.directory, backend: stage.project.backend });
    const inShop = shop.stack("renamed");
    expect(await withoutRestart(() => inShop.up())).toMatch(/test\/renamed \(config\) until now/);

    // Move the resource to another stack of the project, and rename it there.
    inShop.engine("stack", "init", "moved");
    const moved = shop.stack("moved");
    const urns = [urnOf(inShop, "TableauServerPluginsConfig"), urnOf(inShop, "TableauConnector")];
    inShop.engine("state", "move", "--source", "renamed", "--dest", "moved", "--yes", ...urns);
    moved.command("state", "rename", urnOf(moved, "TableauServerPluginsConfig"), "prod", "--yes");
    want({ name: "prod" });
    expect(await withoutRestart(() => moved.up())).toMatch(/shop\/renamed \(config\) until now/);

    want({ moved: true });
    const { steps } = await moved.preview();
    expect(steps.filter(({ type }) => type.includes("TableauServerPluginsConfig")).map(({ op }) => op)).toEqual(["update"]);
    await withoutRestart(() => moved.up());
    await withoutRestart(() => moved.preview({ refresh: true, expectNoChanges: true }));

    // The stack that it was moved from has nothing any more, and its destroy touches nothing.
    await withoutRestart(() => inShop.destroy());
    expect(await stage.loaded()).toEqual(everywhere("1.0.0"));
  });

  test("of two copies of one state, in two backends, the first goes on; the other is refused in words of its own", async () => {
    const original = new Project({ name: "shop", directory: stage.project.directory, backend: stage.project.backend }).stack("moved");
    const backend = new Backend();
    try {
      const elsewhere = new Project({ name: "shop", program, backend });
      const imported = elsewhere.stack("moved");
      imported.engine("stack", "init", "moved");
      elsewhere.write("state.json", original.command("stack", "export", "--show-secrets"));
      imported.command("stack", "import", "--file", join(elsewhere.directory, "state.json"));
      want({}, elsewhere);
      await withoutRestart(() => imported.up({ expectNoChanges: true }));
      imported.command("stack", "rename", "copy");
      const copy = elsewhere.stack("copy");
      expect(await withoutRestart(() => copy.up())).toMatch(/shop\/moved \(prod\) until now/);

      want({ version: "1.1.0" });
      expect(await withoutRestart(() => original.up({ exitCode: 1 }))).toMatch(/This state is a copy: .* shop\/copy \(prod\)/);
      expect(await stage.loaded()).toEqual(everywhere("1.0.0"));
      // Also where nothing differs: a look tells it.
      want({ version: "1.0.0" });
      expect(await withoutRestart(() => original.preview({ refresh: true }))).toMatch(/belongs to the stack shop\/copy now/);

      want({ version: "1.1.0" }, elsewhere);
      const before = await stage.restarts();
      await copy.up();
      expect((await stage.restarts()) - before).toBe(1);
      expect(await withoutRestart(() => original.destroy())).toMatch(/is left as it is: its connectors belong to the stack shop\/copy/);
      expect(await stage.loaded()).toEqual(everywhere("1.1.0"));
      await copy.destroy();
      expect(await stage.loaded()).toEqual([[], []]);
    } finally {
      backend.remove();
    }
  });
});
