import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeTaco } from "../../../../simulator";
import { Stage } from "../../support";
import { yamlHost } from "../support/host";
import { Pulumi } from "../support/pulumi";
import { type Operate, play, scenes } from "./scenario";

const host = yamlHost();
const live = "/opt/tableau/connectors/a_jdbc.taco";

interface Wanted {
  readonly connectors: Readonly<Record<string, { readonly source: string }>>;
}

/** The same program as in the other languages, with its server by the name that it has in the provider's configuration. */
function programOf({ connectors }: Wanted): object {
  const resources = Object.entries(connectors).map(([name, { source }]) => [
    name,
    { type: "tableau:TableauConnector", properties: { server: "prod", source } },
  ]);
  const list = Object.keys(connectors).map((name) => `\${${name}.ref}`);
  const config = { type: "tableau:TableauServerPluginsConfig", properties: { server: "prod", connectors: list } };
  return {
    name: "test",
    runtime: "yaml",
    resources: { ...Object.fromEntries(resources), config },
    outputs: { running: "${config.running}" },
  };
}

// Its language host takes ten minutes to build: `node scripts/yaml.mjs` does it once.
(host === "" ? describe.skip : describe)(
  "a program in YAML, through its language host (skipped until `node scripts/yaml.mjs` has built it once)",
  () => {
    let stage: Stage;
    let pulumi: Pulumi;
    beforeAll(async () => {
      stage = await Stage.start("");
      pulumi = new Pulumi(stage.project, { path: [host] });
      write({ name: "test", runtime: "yaml" });
      await pulumi.run("stack", "init", "dev");
      const servers = JSON.stringify({ prod: { nodes: stage.cluster.server.nodes } });
      await pulumi.run("config", "set", "--secret", "tableau:servers", servers, "--stack", "dev");
    });
    afterAll(() => stage.stop());

    const write = (program: object): void => {
      // YAML takes JSON.
      writeFileSync(join(stage.project.directory, "Pulumi.yaml"), JSON.stringify(program));
    };
    const operate: Operate = (request) => {
      write(programOf(JSON.parse(readFileSync(join(stage.project.directory, "wanted.json"), "utf8")) as Wanted));
      return pulumi.operate(request);
    };

    test.each(scenes.map((scene) => [scene.what, scene] as const))("%s", async (_what, scene) => {
      const { found, expected } = await play(stage, operate, scene);
      expect(found).toEqual(expected);
    });

    test("an import prints a program without secrets, which changes nothing of what the users have", async () => {
      const bytes = makeTaco({ class: "a_jdbc", pluginVersion: "5.0.0" });
      for (const { name } of stage.cluster.nodes) {
        mkdirSync(dirname(stage.cluster.nodePath(name, live)), { recursive: true });
        writeFileSync(stage.cluster.nodePath(name, live), bytes);
      }
      writeFileSync(join(stage.project.directory, "a_jdbc.taco"), bytes);
      await stage.cluster.tsm(["restart"]);
      const before = await stage.restarts();
      write({ name: "test", runtime: "yaml" });
      const resources = [
        { type: "tableau:index:TableauConnector", name: "a", id: "prod/a_jdbc" },
        { type: "tableau:index:TableauServerPluginsConfig", name: "prod", id: "prod" },
      ];
      writeFileSync(join(stage.project.directory, "import.json"), JSON.stringify({ resources }));
      const text = join(stage.project.directory, "imported.yaml");
      const imported = await pulumi.run(
        "import",
        "--file",
        "import.json",
        "--out",
        text,
        "--yes",
        "--protect=false",
        "--stack",
        "dev",
        "--color",
        "never",
      );
      expect(imported).toMatchObject({ exitCode: 0 });
      const program = readFileSync(text, "utf8");
      const keys = stage.cluster.server.nodes.flatMap(({ connection }) => connection?.privateKey.split("\n")[1] ?? []);
      for (const key of keys) expect(program + imported.output).not.toContain(key);
      expect(program).toMatch(/server: prod/);
      writeFileSync(join(stage.project.directory, "Pulumi.yaml"), `name: test\nruntime: yaml\n${program}`);
      expect(await pulumi.run("up", "--yes", "--stack", "dev", "--color", "never")).toMatchObject({ exitCode: 0 });
      expect(await pulumi.run("up", "--yes", "--stack", "dev", "--color", "never", "--expect-no-changes")).toMatchObject({ exitCode: 0 });
      expect(await stage.restarts()).toBe(before);
      expect(await stage.loaded()).toEqual([["a_jdbc 5.0.0"], ["a_jdbc 5.0.0"]]);
    });
  },
);
