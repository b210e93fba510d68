import { cpSync } from "node:fs";
import { join } from "node:path";
import { Stage } from "../../support";
import { makePython } from "../support/host";
import { Pulumi } from "../support/pulumi";
import { play, scenes } from "./scenario";

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
});
