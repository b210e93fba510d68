import { spawn, spawnSync } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { repository, Stage } from "../../support";
import { pluginFolder } from "../support";
import { type Operate, play, scenes } from "./scenario";

describe("a program in Python", () => {
  let stage: Stage;
  let python: string;
  beforeAll(async () => {
    stage = await Stage.start("", { path: [pluginFolder()] });
    const ensured = spawnSync(process.execPath, [join(repository, "scripts/python.mjs")], { encoding: "utf8" });
    if (ensured.status !== 0) throw new Error(ensured.stderr);
    python = ensured.stdout.trim();
    // Its folder is copied: setuptools builds in it.
    const sdk = join(stage.folder, "sdk");
    cpSync(join(repository, "sdk/python"), sdk, { recursive: true });
    const install = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--target", installed(), sdk];
    const { status, stderr } = spawnSync(python, install, { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  });
  afterAll(() => stage.stop());

  const installed = (): string => join(stage.folder, "site-packages");

  const operate: Operate = async ({ operation, expectNoChanges }) => {
    const outcomeFile = join(stage.folder, "outcome.json");
    const child = spawn(python, [join(__dirname, "operation.py")], {
      cwd: stage.project.directory,
      env: stage.project.backend.environment({
        PYTHONPATH: installed(),
        PATH: [pluginFolder(), stage.project.backend.environment()["PATH"]].join(":"),
      }),
    });
    const stack = { stack: "dev", project: stage.project.name, outcomeFile };
    child.stdin.end(JSON.stringify({ ...stack, operation, expectNoChanges }));
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => void (output += chunk.toString()));
    await new Promise((resolve) => child.on("close", resolve));
    const { exitCode } = JSON.parse(readFileSync(outcomeFile, "utf8")) as { exitCode: number };
    return { exitCode, output };
  };

  test.each(scenes.map((scene) => [scene.what, scene] as const))("%s", async (_what, scene) => {
    const { found, expected } = await play(stage, operate, scene);
    expect(found).toEqual(expected);
  });
});
