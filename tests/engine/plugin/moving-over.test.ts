import { type OperationResult, Stage } from "../support";
import { pluginFolder } from "./support";

/** The same resources through either door: `wanted.json` says which. */
const program = `
  import { readFileSync } from "node:fs";
  import { CustomResource } from "@pulumi/pulumi";
  import { TableauConnector, TableauServerPluginsConfig } from "pulumi-tableau";
  const { door, server, source, oldDoor } = JSON.parse(readFileSync(process.cwd() + "/wanted.json", "utf8"));
  const dynamic = (type: string) => "pulumi-nodejs:dynamic/tableau:" + type;
  const plugin = (type: string) => "tableau:index:" + type;
  // The generated packages bring these aliases with them; in TypeScript they are written for the way back.
  const options = (type: string) => ({ aliases: [{ type: door === "plugin" ? dynamic(type) : plugin(type) }] });
  function viaPlugin() {
    const a = new CustomResource(plugin("TableauConnector"), "a", { server, source, ref: undefined }, options("TableauConnector")) as any;
    const args = { server, connectors: [a.ref], running: undefined };
    return (new CustomResource(plugin("TableauServerPluginsConfig"), "config", args, options("TableauServerPluginsConfig")) as any).running;
  }
  function viaDynamic() {
    const a = new TableauConnector("a", { server, source }, options("TableauConnector"));
    return new TableauServerPluginsConfig("config", { server, connectors: [a] }, options("TableauServerPluginsConfig")).running;
  }
  export const running = door === "plugin" ? viaPlugin() : viaDynamic();
`;

describe("moving over from dynamic resources to the plugin, and back", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start(program, { path: [pluginFolder()] });
  });
  afterAll(() => stage.stop());

  const want = (door: "dynamic" | "plugin", version = "1.0.0"): void => {
    stage.want({ door, server: { ...stage.cluster.server, name: "prod" }, source: stage.package("a_jdbc", version) });
  };
  const changesOf = ({ steps }: OperationResult): string[] =>
    steps.filter(({ op }) => !["same", "refresh"].includes(op)).map(({ op, name }) => `${op} ${name}`);
  const live = async (): Promise<unknown> =>
    (await stage.cluster.state()).nodes.map(({ files }) => files.filter(({ path }) => path.startsWith("/opt/tableau/connectors")));

  test("each way: two updates, no restart, no file touched, unchanged at the next run; and what comes after works", async () => {
    want("dynamic");
    await stage.stack.up();
    const [restarts, files] = [await stage.restarts(), await live()];
    for (const door of ["plugin", "dynamic", "plugin"] as const) {
      want(door);
      expect(changesOf(await stage.stack.up())).toEqual(["update a", "update config"]);
      await stage.stack.up({ expectNoChanges: true });
      await stage.stack.preview({ refresh: true, expectNoChanges: true });
      expect(await stage.restarts()).toBe(restarts);
      expect(await live()).toEqual(files);
      const types = stage.stack.resources().map(({ type }) => type);
      expect(types.filter((type) => type.startsWith(door === "plugin" ? "tableau:index:" : "pulumi-nodejs:dynamic"))).toHaveLength(2);
      expect(types.filter((type) => type.startsWith(door === "plugin" ? "pulumi-nodejs:dynamic" : "tableau:index:"))).toEqual([]);
    }
    want("plugin", "1.1.0");
    await stage.stack.up();
    expect(await stage.restarts()).toBe(restarts + 1);
    expect(await stage.loaded()).toEqual([["a_jdbc 1.1.0"], ["a_jdbc 1.1.0"]]);
    const state = JSON.stringify(stage.stack.resources());
    for (const left of ["__provider", "credentials", "__urn"]) expect(state).not.toContain(`"${left}"`);
  });

  test("moved and changed in one step, from either door", async () => {
    want("dynamic", "2.0.0");
    const before = await stage.restarts();
    await stage.stack.up();
    expect(await stage.restarts()).toBe(before + 1);
    want("plugin", "2.1.0");
    await stage.stack.up();
    expect(await stage.restarts()).toBe(before + 2);
    expect(await stage.loaded()).toEqual([["a_jdbc 2.1.0"], ["a_jdbc 2.1.0"]]);
    await stage.stack.destroy();
    expect(await stage.loaded()).toEqual([[], []]);
  });
});
