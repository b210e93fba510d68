import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { transformSync } from "@swc/core";
import { main } from "../../provider/cli/main";
import { readTaco } from "../../provider/taco";
import type { ClusterState, ConnectionDescription, ServerDescription } from "../../simulator";
import { mountsOf, processesOf, ssh, temporaryFolder } from "./support";

interface Started {
  readonly directory: string;
  readonly server: ServerDescription;
  readonly nodes: {
    name: string;
    host: string;
    port: number;
    user: string;
    keyFile: string;
    hostKey: string;
    root: string;
    connection: ConnectionDescription;
  }[];
}

// The command line starts a process of its own, so it has to be compiled as it is in the package.
const root = join(__dirname, "../..");
const compiled = join(root, ".work", `cli-${process.pid}`);

function compile(folder: string): void {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !entry.name.endsWith(".ts")) continue;
    const source = join(entry.parentPath, entry.name);
    const target = join(compiled, source.slice(root.length)).replace(/\.ts$/, ".js");
    const { code } = transformSync(readFileSync(source, "utf8"), {
      jsc: { parser: { syntax: "typescript" }, target: "es2022" },
      module: { type: "commonjs" },
    });
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, code);
  }
}

describe("pulumi-tableau simulate", () => {
  const directory = temporaryFolder();
  beforeAll(() => {
    compile("provider");
    compile("simulator");
  });
  afterAll(() => {
    rmSync(compiled, { recursive: true, force: true });
    rmSync(directory, { recursive: true, force: true });
  });

  const run = (...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> =>
    new Promise((resolve) => {
      execFile(process.execPath, [join(compiled, "provider/cli/main.js"), ...args], (error, stdout, stderr) => {
        resolve({ status: typeof error?.code === "number" ? error.code : error === null ? 0 : 255, stdout, stderr });
      });
    });

  /** The same in this process. */
  const call = async (...args: readonly string[]): Promise<{ status: number; stdout: string; stderr: string }> => {
    let [stdout, stderr] = ["", ""];
    const status = await main(args, { out: (text) => void (stdout += text), err: (text) => void (stderr += text) });
    return { status, stdout, stderr };
  };

  test("start, state, fault and stop", async () => {
    const dir = ["--dir", directory];
    const started = await run(
      "simulate",
      "start",
      ...dir,
      "--nodes",
      "2",
      "--version",
      "2023.3",
      "--transport",
      "builtin",
      "--switch",
      "pendingLayout=json",
      "--switch",
      "seed=7",
      "--name",
      "prod",
    );
    expect(started).toMatchObject({ status: 0, stderr: "" });
    const { nodes, server } = JSON.parse(started.stdout) as Started;
    expect(nodes.map(({ name }) => name)).toEqual(["node1", "node2"]);
    expect(server).toEqual({ name: "prod", nodes: nodes.map(({ name, connection }) => ({ name, connection })) });
    for (const { host, port, user, keyFile, hostKey, root: tree, connection, name } of nodes) {
      expect(connection).toEqual({ host, port, user, hostKey, privateKey: readFileSync(keyFile, "utf8") });
      expect(
        (
          await ssh(
            { name, root: tree, connection: { ...connection, privateKeyPath: keyFile } },
            "bash -lc 'tsm version' | head -1; id -un",
          )
        ).stdout,
      ).toContain("root");
    }

    const state = JSON.parse((await run("simulate", "state", ...dir)).stdout) as ClusterState;
    expect(state).toMatchObject({
      version: "2023.3",
      status: "RUNNING",
      pending: {},
      restarts: 0,
      applies: 0,
      jobs: [],
      switches: { pendingLayout: "json", seed: "7" },
    });
    expect(state.calls[0]).toEqual({
      node: "node1",
      user: "root",
      pid: expect.any(Number) as number,
      argv: ["version"],
      stdin: "not-read",
      status: 0,
    });

    expect(JSON.parse((await run("simulate", "fault", ...dir, "slow-node", "node2:5")).stdout)).toEqual({ "slow-node": "node2:5" });
    expect(await run("simulate", "fault", ...dir, "slow-node", "node9")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("node1, node2") as string,
    });
    expect(JSON.parse((await run("simulate", "fault", ...dir, "--clear")).stdout)).toEqual({});
    expect(JSON.parse((await run("simulate", "upgrade", ...dir, "2024.1", "--beside")).stdout)).toMatchObject({ version: "2024.1" });
    expect(JSON.parse((await run("simulate", "state", ...dir)).stdout)).toMatchObject({ version: "2023.3" });
    expect(JSON.parse((await run("simulate", "upgrade", ...dir, "2024.1")).stdout)).toMatchObject({ version: "2024.1" });
    expect(JSON.parse((await run("simulate", "state", ...dir)).stdout)).toMatchObject({ version: "2024.1", status: "RUNNING" });
    expect(await run("simulate", "start", ...dir)).toMatchObject({ status: 1, stderr: expect.stringContaining("already") as string });

    expect(await run("simulate", "stop", ...dir)).toEqual({ status: 0, stdout: "", stderr: "" });
    expect([processesOf(directory), mountsOf(directory)]).toEqual([[], []]);
    expect(await run("simulate", "state", ...dir)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("simulate start --dir") as string,
    });
  }, 30_000);

  test.each([
    [["nonsense"], 'There is no command "nonsense"'],
    [["simulate", "nonsense"], 'There is no "simulate nonsense"'],
    [["simulate", "start"], "--dir DIR is missing"],
    [["simulate", "start", "--dir", ""], "--dir DIR is missing"],
    [["simulate", "start", "--dir", "x", "--nodes", "0"], '--nodes is "0"'],
    [["simulate", "start", "--dir", "x", "--version", "24"], "a release such as 2024.2"],
    [["simulate", "start", "--dir", "x", "--login", "me"], "root, sudo, tsmadmin"],
    [["simulate", "start", "--dir", "x", "--transport", "pigeon"], "openssh, builtin, local"],
    [["simulate", "start", "--dir", "x", "--switch", "busyJob=wait"], "queue, refuse, refuse-exit-0"],
    [["simulate", "start", "--dir", "x", "--switch", "mood=good"], 'There is no switch "mood"'],
    [["simulate", "start", "--dir", "x", "--colour"], "Unknown option '--colour'"],
    [["simulate", "package", "--plugin-version", "1.0.0", "--output", "x.taco"], "--class is missing"],
    [["simulate", "package", "--class", "x", "--plugin-version", "1.0.0", "--output", "x.zip"], "must end in .taco"],
    [["simulate", "state", "--dir", "x", "y"], 'Unexpected argument "y"'],
    [["simulate", "upgrade", "--dir", "x"], "Give the release"],
    [["simulate", "fault", "--dir", "x"], "Give the name of a fault, or --clear."],
    [["simulate", "fault", "--dir", "x", "earthquake"], "controller-down"],
    [["simulate", "fault", "--dir", "x", "--clear", "banner"], "Give the name of a fault, or --clear."],
  ])("%j is a call that cannot be understood", async (args, text) => {
    const { status, stdout, stderr } = await call(...args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(text);
  });

  test("such a call ends a process with status 2, and its text is on standard error", async () => {
    expect(await run("simulate", "nonsense")).toEqual({ status: 2, stdout: "", stderr: (await call("simulate", "nonsense")).stderr });
  });

  test("package writes a connector, the same bytes each time", async () => {
    const folder = temporaryFolder();
    const make = (name: string): Promise<unknown> =>
      call("simulate", "package", "--class", "acme", "--plugin-version", "1.2.3", "--output", join(folder, "made", name));
    expect(await make("one.taco")).toEqual({ status: 0, stdout: `${join(folder, "made/one.taco")}\n`, stderr: "" });
    await make("two.taco");
    const bytes = readFileSync(join(folder, "made/one.taco"));
    expect(bytes).toEqual(readFileSync(join(folder, "made/two.taco")));
    expect(await readTaco(bytes)).toMatchObject({ pluginClass: "acme", pluginVersion: "1.2.3" });
    rmSync(folder, { recursive: true });
  });

  test("--help tells every switch and fault", async () => {
    const { status, stdout } = await run("simulate", "--help");
    expect(status).toBe(0);
    for (const text of ["simulate start --dir DIR", "pendingLayout", "controller-down", "clock-skew"]) expect(stdout).toContain(text);
    expect(await call("--help")).toMatchObject({ status: 0, stdout: expect.stringContaining("simulate") as string });
  });
});
