import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findEngine, repository, Stage } from "../support";

/** A program whose plugin is on no PATH: the version is what an SDK asks for. */
const program = `
  import { readFileSync } from "node:fs";
  import { CustomResource } from "@pulumi/pulumi";
  const { server, source, version } = JSON.parse(readFileSync(process.cwd() + "/wanted.json", "utf8"));
  export const sha256 = (new CustomResource("tableau:index:TableauConnector", "a", { server, source, sha256: undefined }, { version }) as any).sha256;
`;

const { version } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as { version: string };

describe("the archive of the plugin", () => {
  let stage: Stage;
  let folder: string;
  beforeAll(async () => {
    stage = await Stage.start(program);
    folder = mkdtempSync(join(tmpdir(), "archive-"));
    const { status, stderr } = spawnSync(process.execPath, [join(repository, "scripts/plugin-archive.mjs"), folder], { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  });
  afterAll(async () => {
    await stage.stop();
    rmSync(folder, { recursive: true });
  });

  test("is installed by the engine, which then finds it without PATH and without a warning", async () => {
    const archive = join(folder, `pulumi-resource-tableau-v${version}-linux-amd64.tar.gz`);
    stage.stack.engine("plugin", "install", "resource", "tableau", version, "--file", archive);
    stage.want({ server: { ...stage.cluster.server, name: "prod" }, source: stage.package("a_jdbc", "1.0.0"), version });
    const { output } = await stage.stack.up();
    expect(stage.stack.outputs()["sha256"]).toMatch(/^[0-9a-f]{64}$/);
    expect(output).not.toMatch(/from \$PATH/);
    await stage.stack.destroy();
  });

  test("tells its schema to the engine's commands, by its path", () => {
    const plugin = join(stage.project.backend.home, "plugins", `resource-tableau-v${version}`, "pulumi-resource-tableau");
    const { status, stdout, stderr } = spawnSync(findEngine().pulumi, ["package", "get-schema", plugin], {
      encoding: "utf8",
      env: stage.project.backend.environment(),
      maxBuffer: 16 * 1024 * 1024,
    });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const committed = JSON.parse(readFileSync(join(repository, "plugin/schema.json"), "utf8")) as { resources: object };
    expect(Object.keys((JSON.parse(stdout) as { resources: object }).resources).sort()).toEqual(Object.keys(committed.resources).sort());
  });
});
