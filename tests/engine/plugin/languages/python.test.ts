import { cpSync } from "node:fs";
import { join } from "node:path";
import { Stage } from "../../support";
import { makePython } from "../support/host";
import { Pulumi } from "../support/pulumi";
import { play, scenes } from "./scenario";

// What Pulumi's SDK for Python passes on untranslated, since a name of a server is allowed there as well.
const dictionary = `
import pulumi_tableau as tableau
connection = {"host": "node1.example", "user": "deploy", "private_key": "none"}
tableau.TableauConnector("a", source="a.taco", server={"name": "prod", "nodes": [{"name": "node1", "connection": connection}]})
`;

describe("a program in Python", () => {
  let stage: Stage;
  let pulumi: Pulumi;
  beforeAll(async () => {
    stage = await Stage.start("");
    pulumi = new Pulumi(stage.project, makePython(stage.folder));
    stage.project.write("Pulumi.yaml", "name: test\nruntime: python\n");
    cpSync(join(__dirname, "python/__main__.py"), join(stage.project.directory, "__main__.py"));
    expect(await pulumi.run("stack", "init", "dev")).toMatchObject({ exitCode: 0 });
  });
  afterAll(() => stage.stop());

  test.each(scenes.map((scene) => [scene.what, scene] as const))("%s", async (_what, scene) => {
    const { found, expected } = await play(stage, (request) => pulumi.operate(request), scene);
    expect(found).toEqual(expected);
  });

  test("a server as a dictionary of Python's names is refused in preview, with the way out", async () => {
    stage.project.write("__main__.py", dictionary);
    const { exitCode, output } = await pulumi.operate({ operation: "preview" });
    expect(output).toContain("server.nodes[0].connection.private_key");
    expect(output).toMatch(/expected privateKey, got private_key; in Python, make the server with tableau.TableauServerArgs/);
    expect(exitCode).not.toBe(0);
  });
});
