import { Stage } from "../support";
import { pluginFolder } from "./support";

/** The component through either door: `wanted.json` says which. */
const program = `
  import { readFileSync } from "node:fs";
  import { ComponentResource } from "@pulumi/pulumi";
  import { ConnectorDeployment } from "pulumi-tableau";
  const { door, server, source } = JSON.parse(readFileSync(process.cwd() + "/wanted.json", "utf8"));
  const args = { server, connectors: { a: { source } }, rollback: false };
  class Remote extends ComponentResource {
    declare running: any;
    declare connectors: any;
    constructor() {
      super("tableau:index:ConnectorDeployment", "all", { ...args, running: undefined, connectors: args.connectors }, {}, true);
    }
  }
  const all = door === "plugin" ? new Remote() : new ConnectorDeployment("all", args);
  export const running = all.running;
`;

describe("the component", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.start(program, { path: [pluginFolder()] });
  });
  afterAll(() => stage.stop());

  const want = (door: "dynamic" | "plugin", version: string): void => {
    stage.want({ door, server: { ...stage.cluster.server, name: "prod" }, source: stage.package("a_jdbc", version) });
  };
  const children = (): string[] =>
    stage.stack
      .resources()
      .flatMap(({ type, urn }) => (/TableauConnector|PluginsConfig/.test(type) ? [urn.split("::").slice(2).join(" ")] : []));

  test("has the same children and outputs as in TypeScript, and takes those of TypeScript over without a restart", async () => {
    want("dynamic", "1.0.0");
    await stage.stack.up();
    const before = await stage.restarts();
    want("plugin", "1.0.0");
    await stage.stack.up();
    expect(stage.stack.outputs()["running"]).toMatchObject({ a_jdbc: { version: "1.0.0" } });
    expect(children().sort()).toEqual([
      "tableau:index:ConnectorDeployment$tableau:index:TableauConnector all-a",
      "tableau:index:ConnectorDeployment$tableau:index:TableauServerPluginsConfig all-config",
    ]);
    await stage.stack.up({ expectNoChanges: true });
    expect(await stage.restarts()).toBe(before);
    want("plugin", "1.1.0");
    const preview = await stage.stack.preview();
    expect(preview.output).toMatch(/restarts prod once/);
    await stage.stack.up();
    expect(await stage.restarts()).toBe(before + 1);
    expect(await stage.loaded()).toEqual([["a_jdbc 1.1.0"], ["a_jdbc 1.1.0"]]);
  });
});
