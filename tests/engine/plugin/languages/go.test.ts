import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repository, Stage } from "../../support";
import { isGoReady, makeHost } from "../support/host";
import { Pulumi } from "../support/pulumi";
import { play, scenes } from "./scenario";

// Pulumi's SDK takes minutes to compile: `node scripts/go.mjs` does it once.
(isGoReady() ? describe : describe.skip)("a program in Go (skipped until `node scripts/go.mjs` has compiled Pulumi's SDK once)", () => {
  let stage: Stage;
  let pulumi: Pulumi;
  beforeAll(async () => {
    stage = await Stage.start("");
    pulumi = new Pulumi(stage.project, { path: [makeHost("go", join(stage.folder, "bin"))] });
    const read = (file: string): string => readFileSync(join(__dirname, "go", file), "utf8");
    stage.project.write("Pulumi.yaml", "name: test\nruntime: go\n");
    for (const file of ["main.go", "go.sum"]) stage.project.write(file, read(file));
    stage.project.write("go.mod", read("go.mod").replace("=> ../../../../../", `=> ${repository}/`));
    expect(await pulumi.run("stack", "init", "dev")).toMatchObject({ exitCode: 0 });
  });
  afterAll(() => stage.stop());

  test.each(scenes.map((scene) => [scene.what, scene] as const))("%s", async (_what, scene) => {
    const { found, expected } = await play(stage, (request) => pulumi.operate(request), scene);
    expect(found).toEqual(expected);
  });
});
