import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeTaco } from "../../../simulator";
import { Stage } from "../support";
import { fromTemplate, toTemplate } from "./template";

/** One folder for each released version: the state that it left, its record on the initial node, and the package. */
const releases = join(__dirname, "releases");
/** Set to a version, for example by whoever makes a release: its folder is written anew. */
const recording = process.env["PULUMI_TABLEAU_RECORD_STATE"];

const account = { username: "admin", password: "the-password" };
const pathKey = "native_api.connect_plugins_path";
const live = "/opt/tableau/connectors";
const state = "/var/opt/pulumi-tableau";

const program = `
  import { readFileSync } from "node:fs";
  import { ConnectorDeployment } from "pulumi-tableau";
  const { server } = JSON.parse(readFileSync(process.cwd() + "/wanted.json", "utf8"));
  export const running = new ConnectorDeployment("all", {
    server,
    connectors: { a: { source: "a_jdbc.taco" } },
    connectPluginsPath: "${live}",
    restartTriggers: { driver: "1" },
  }).running;
`;

describe("what an earlier version left behind", () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await Stage.start(program, { account });
    stage.want({ server: { ...stage.cluster.server, name: "prod", tsm: account } });
  });
  afterEach(() => stage.stop());

  test.each(recording === undefined ? readdirSync(releases) : [recording])("%s: its state and its record are read", async (version) => {
    const release = join(releases, version);
    if (version === recording) await record(release);
    else await leave(release);
    const before = await stage.restarts();
    await stage.stack.preview({ refresh: true, expectNoChanges: true });
    await stage.stack.up({ expectNoChanges: true });
    await stage.stack.refresh();
    await stage.stack.up({ expectNoChanges: true });
    expect(await stage.restarts()).toBe(before);

    stage.project.write("a_jdbc.taco", makeTaco({ class: "a_jdbc", pluginVersion: "1.1.0" }));
    await stage.stack.up();
    expect(stage.stack.outputs()["running"]).toMatchObject({ a_jdbc: { version: "1.1.0" } });
    expect(await stage.restarts()).toBe(before + 1);

    await stage.stack.destroy();
    expect(await stage.restarts()).toBe(before + 2);
    const { applied, nodes } = await stage.cluster.state();
    expect(applied[pathKey]).toBeUndefined();
    const files = nodes.flatMap((node) => node.files.map(({ path }) => path));
    expect(files.filter((path) => path.startsWith(live) || path.endsWith("record.json"))).toEqual([]);
  });

  /** Makes the cluster and the stack what that version left. */
  const leave = async (release: string): Promise<void> => {
    copyFileSync(join(release, "a_jdbc.taco"), join(stage.project.directory, "a_jdbc.taco"));
    const { files } = JSON.parse(readFileSync(join(release, "record.json"), "utf8")) as { files: Record<string, { sha256: string }> };
    const stored = `${state}/store/${files["a_jdbc.taco"]?.sha256 ?? ""}`;
    for (const node of ["node1", "node2"]) {
      await write(node, `${live}/a_jdbc.taco`, readFileSync(join(release, "a_jdbc.taco")));
      await write(node, stored, readFileSync(join(release, "a_jdbc.taco")));
      await write(node, `${stored}.info`, Buffer.from("a_jdbc\n1.0.0\na_jdbc.taco\n"));
    }
    await write("node1", `${state}/record.json`, readFileSync(join(release, "record.json")));
    await stage.cluster.tsm(["configuration", "set", "-k", pathKey, "-v", live, "--force-keys"]);
    await stage.cluster.tsm(["pending-changes", "apply", "--ignore-prompt"]);
    stage.project.write("state.json", fromTemplate(readFileSync(join(release, "state.json"), "utf8"), stage.cluster));
    stage.stack.command("stack", "init");
    stage.stack.command("stack", "import", "--file", join(stage.project.directory, "state.json"));
  };

  const write = async (node: string, path: string, bytes: Buffer): Promise<void> => {
    const { status, output } = await stage.cluster.run(
      node,
      `mkdir -p $(dirname ${path}) && echo ${bytes.toString("base64")} | base64 -d > ${path} && chmod 0644 ${path}`,
    );
    expect({ status, output }).toEqual({ status: 0, output: "" });
  };

  const record = async (release: string): Promise<void> => {
    mkdirSync(release, { recursive: true });
    stage.project.write("a_jdbc.taco", makeTaco({ class: "a_jdbc", pluginVersion: "1.0.0" }));
    await stage.stack.up();
    writeFileSync(join(release, "state.json"), `${toTemplate(stage.stack.command("stack", "export", "--show-secrets"), stage.cluster)}\n`);
    copyFileSync(stage.cluster.nodePath("node1", `${state}/record.json`), join(release, "record.json"));
    copyFileSync(join(stage.project.directory, "a_jdbc.taco"), join(release, "a_jdbc.taco"));
  };
});
