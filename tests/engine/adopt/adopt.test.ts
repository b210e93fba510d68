import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { disableVerifyKey } from "../../../provider/vocabulary/keys";
import { startCluster, type Cluster } from "../../../simulator";
import { pluginFolder } from "../plugin/support";
import { makePython, yamlHost } from "../plugin/support/host";
import { Backend, packedLane, repository, runPacked, Project, type Ended, type Stack } from "../support";
import { data, servers, shared, taco, type Server } from "./support/servers";

jest.setTimeout(900_000);

/** What programs of a language need. */
interface Language {
  readonly path: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

const lastLine = (printed: string): string => printed.trimEnd().split("\n").at(-1) ?? "";

describe("adopt", () => {
  let folder = "";
  let backend: Backend;
  let cluster: Cluster;
  /** Folders with programs in TypeScript that were written, to be compiled together. */
  const written: string[] = [];
  /** Lines to go on with that were typed; they are the same for many servers. */
  const typed = new Set<string>();
  beforeAll(() => {
    backend = new Backend(packedLane());
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "adopt-"));
  });
  afterEach(async () => {
    await cluster.stop();
    if (existsSync(join(out(), "index.ts"))) {
      written.push(`written-${String(written.length)}`);
      renameSync(out(), join(backend.directory, written.at(-1) ?? ""));
    }
    for (const left of [out(), join(backend.state, ".pulumi"), folder]) rmSync(left, { recursive: true, force: true });
  });
  afterAll(() => {
    backend.remove();
  });

  async function start({
    options = {},
    files,
    later = {},
    keys = {},
  }: Pick<Server, "options" | "files" | "later" | "keys">): Promise<void> {
    const own = { directory: join(folder, "cluster"), nodes: 2, transport: "builtin", jobMilliseconds: 5, name: "prod" } as const;
    cluster = await startCluster({ ...own, ...options });
    for (const { name } of cluster.nodes) for (const [path, bytes] of Object.entries(files)) put(name, path, bytes);
    for (const [key, value] of Object.entries(keys)) await cluster.tsm(["configuration", "set", "-k", key, "-v", value, "--force-keys"]);
    await cluster.tsm(["pending-changes", "apply", "--ignore-prompt"]);
    for (const { name } of cluster.nodes) for (const path of Object.keys(files)) age(name, path, dirname(path), dirname(dirname(path)));
    await cluster.tsm(["restart"]);
    for (const { name } of cluster.nodes) for (const [path, bytes] of Object.entries(later)) putOld(name, path, bytes);
    writeFileSync(serverFile(), JSON.stringify({ server: cluster.server }));
  }

  const serverFile = (): string => join(backend.directory, "server.json");
  const out = (): string => join(backend.directory, "program");

  function put(node: string, path: string, bytes: Buffer): void {
    const here = cluster.nodePath(node, path);
    mkdirSync(dirname(here), { recursive: true, mode: 0o755 });
    writeFileSync(here, bytes, { mode: 0o644 });
  }

  // Long before the server starts, as far as a time of writing tells.
  function age(node: string, ...paths: readonly string[]): void {
    for (const path of paths) utimesSync(cluster.nodePath(node, path), 1_700_000_000, 1_700_000_000);
  }

  function putOld(node: string, path: string, bytes: Buffer): void {
    put(node, path, bytes);
    age(node, path);
  }

  const adopt = async (...more: string[]): Promise<Ended> =>
    await runPacked(new Project({ directory: backend.directory, backend }), [
      "adopt",
      "--server-file",
      "server.json",
      "--out",
      "program",
      ...more,
    ]);

  // Nothing may block this process: the nodes answer from it.
  async function shell(line: string, { path, environment: own }: Language): Promise<{ status: number | null; output: string }> {
    const environment = backend.environment(own);
    const child = spawn("bash", ["-eo", "pipefail", "-c", line], {
      cwd: backend.directory,
      env: { ...environment, PATH: [...path, environment["PATH"]].join(":") },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => void (output += chunk.toString()));
    const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
    return { status, output };
  }

  const succeed = async (line: string, language: Language = { path: [] }): Promise<string> => {
    const { status, output } = await shell(line, language);
    if (status !== 0) throw new Error(`${line} ended with ${String(status)}:\n${output}`);
    return output;
  };

  // The line that it ends with, but for what needs a registry; a language host, which its preview needs, is not asked for either.
  async function typeLine({ out: printed }: Ended): Promise<void> {
    const line = lastLine(printed);
    expect(line).toMatch(/^cd program && npm install && pulumi stack init prod && node -p .* && pulumi preview$/);
    if (typed.has(line)) return;
    typed.add(line);
    await succeed(line.replace(" && npm install", "").replace(" && pulumi preview", ""));
    const key = await succeed("cd program && pulumi config get privateKey --stack prod");
    expect(key.trim()).toBe(cluster.server.nodes[0]?.connection?.privateKey.trim());
    // It has not looked at the nodes: it foresees what a server without them would cost.
    expect((await programStack().preview()).output).not.toMatch(/\berror\b/i);
  }

  function programStack(): Stack {
    const value = cluster.server.nodes[0]?.connection?.privateKey ?? "";
    return new Project({ name: "prod", directory: out(), backend }).stack("prod", { config: { privateKey: { value, secret: true } } });
  }

  const keysOf = (): string[] => cluster.server.nodes.flatMap(({ connection }) => connection?.privateKey.split("\n")[1] ?? []);
  const textsOf = (directory: string): string =>
    readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(directory, entry.name), "utf8"))
      .join("\n");

  test.each(servers.map((server) => [server.what, server] as const))(
    "%s: the program takes the server over as it is",
    async (_what, server) => {
      await start(server);
      const isWindows = server.options?.platform === "windows";
      const ended = await adopt();
      expect(ended).toMatchObject({ status: 0, err: "" });
      const text = readFileSync(join(out(), "index.ts"), "utf8");
      expect(text).toMatch(server.says ?? /new ConnectorDeployment\("prod"/);
      for (const secret of [...keysOf(), "hunter2"]) expect(textsOf(out()) + ended.out).not.toContain(secret);

      const before = await cluster.state();
      await typeLine(ended);
      const stack = programStack();
      const upped = await stack.up();
      expect(upped.output).toMatch(/\] has /);
      expect(upped.output).not.toMatch(/\] delivered /);
      const after = await cluster.state();
      expect(after.restarts - before.restarts).toBe(server.due === undefined ? 0 : 1);
      const cost = server.due === undefined ? "restarts nothing" : `restarts once: ${server.due}`;
      expect(ended.out).toContain(`uploads nothing and ${cost}`);
      expect(ended.out.includes("has overwritten one in place since then")).toBe(isWindows && server.due === undefined);
      expect(after.applies - before.applies).toBe(0);
      expect(after.applied).toEqual(before.applied);
      expect(after.nodes.map(({ loaded }) => [...new Set(loaded.map((one) => `${one.class} ${one.pluginVersion}`))].sort())).toEqual([
        server.classes,
        server.classes,
      ]);
      await stack.up({ expectNoChanges: true });
      expect(existsSync(join(out(), "x"))).toBe(false);
    },
  );

  test("nodes that do not agree: named, fetched to choose from, and not listed", async () => {
    await start({ files: { [`${shared}/good.taco`]: taco("good") } });
    put("node1", `${shared}/a.taco`, taco("a"));
    put("node2", `${shared}/a.taco`, taco("a", { pluginVersion: "2.0.0" }));
    put("node2", `${shared}/only.taco`, taco("only"));
    for (const { name } of cluster.nodes) {
      put(name, `${shared}/twin1.taco`, taco("twin"));
      put(name, `${shared}/twin2.taco`, taco("twin", { pluginVersion: "2.0.0" }));
      put(name, `${shared}/broken.taco`, Buffer.from("no package"));
      put(name, `${shared}/line\nend.taco`, taco("line"));
    }
    await cluster.tsm(["restart"]);
    const ended = await adopt();
    expect(ended.status).toBe(1);
    for (const pattern of [
      /Not listed: a\.taco\. The nodes do not agree: it is [0-9a-f]{12} \(version 1\.0\.0\) in node1:\S+; it is [0-9a-f]{12} \(version 2\.0\.0\) in node2:/,
      /Not listed: only\.taco\. The nodes do not agree: it is missing in node1:\S+; it is [0-9a-f]{12} \(version 1\.0\.0\) in node2:/,
      /Not listed: twin1\.taco\. It holds the class twin \(version 1\.0\.0\), and so does twin2\.taco/,
      /Not listed: broken\.taco\. It is no connector that can be read\./,
      /Not listed: line\\x0aend\.taco\. No program can name it so/,
    ]) {
      expect(ended.err).toMatch(pattern);
    }
    const text = readFileSync(join(out(), "index.ts"), "utf8");
    expect(text).toMatch(/"good": \{/);
    expect(text.match(/source: /g)).toHaveLength(1);
    const fetched = [...text.matchAll(/connectors\/[0-9a-f]{16}\.taco/g)].map(([path]) => path);
    expect(fetched).toHaveLength(5);
    for (const path of fetched) expect(existsSync(join(out(), path))).toBe(true);
    const before = await cluster.state();
    await typeLine(ended);
    await programStack().up();
    expect((await cluster.state()).restarts - before.restarts).toBe(0);
  });

  test("connectors in several kinds of places: nothing is written before a person has said which is meant", async () => {
    await start({ files: { [`${shared}/a.taco`]: taco("a"), [`${data}/vizqlserver/Connectors/b.taco`]: taco("b") } });
    const ended = await adopt();
    expect([ended.status, ended.out, existsSync(out())]).toEqual([1, "", false]);
    expect(ended.err).toMatch(
      /^Connectors lie in several places: \/opt\/tableau\/connectors, \S+vizqlserver\/Connectors\. Say in server\.json/,
    );
  });

  // What the line that it ends with does, and the `up` after it, as a person types them.
  async function takeOver(line: string, language: Language): Promise<{ restarts: number; applies: number }> {
    const before = await cluster.state();
    const flags = "--color never --non-interactive";
    const up = `cd program && pulumi up --yes --skip-preview --stack prod ${flags}`;
    await succeed(`${line} ${flags}`, language);
    const upped = await succeed(up, language);
    expect(upped).toMatch(/\] has /);
    expect(upped).not.toMatch(/\] delivered /);
    await succeed(`${up} --expect-no-changes`, language);
    const after = await cluster.state();
    return { restarts: after.restarts - before.restarts, applies: after.applies - before.applies };
  }

  async function write(language: "python" | "yaml"): Promise<Ended> {
    await start({
      files: {
        [`${shared}/a_jdbc.taco`]: taco("a_jdbc"),
        [`${shared}/\${config.x} é.taco`]: taco("b", { signed: "none" }),
        "/opt/tableau/tableau_driver/jdbc/driver.jar": taco("driver"),
      },
      keys: { [disableVerifyKey]: "true" },
    });
    const ended = await adopt("--language", language);
    expect(ended).toMatchObject({ status: 0, err: "" });
    for (const secret of keysOf()) expect(textsOf(out()) + ended.out).not.toContain(secret);
    return ended;
  }

  test("python: the program holds no secret, and its up through the plugin takes the server over as it is", async () => {
    const { path, environment } = makePython(folder);
    const { out: printed } = await write("python");
    expect(readFileSync(join(out(), "__main__.py"), "utf8")).toContain('"require_signature": False');
    // The package comes from here instead of from a registry.
    const line = lastLine(printed).replace(" && pulumi install", "");
    expect(await takeOver(line, { path: [pluginFolder(), ...path], environment })).toEqual({ restarts: 0, applies: 0 });
  });

  // Pulumi's language host of YAML is in no registry of packages, and takes minutes to build.
  const host = yamlHost();
  if (host === "") test("yaml: the program holds no secret", async () => expect(await write("yaml")).toMatchObject({ status: 0 }));
  (host === "" ? describe.skip : describe)("yaml (skipped until `node scripts/yaml.mjs` has built its language host once)", () => {
    test("the program holds no secret, and its up through the plugin takes the server over as it is", async () => {
      const { out: printed } = await write("yaml");
      expect(await takeOver(lastLine(printed), { path: [pluginFolder(), host] })).toEqual({ restarts: 0, applies: 0 });
    });
  });

  test("the programs in TypeScript compile, all of them in one go", () => {
    expect(written.length).toBeGreaterThan(0);
    const configs = written.map((name) => readFileSync(join(backend.directory, name, "tsconfig.json"), "utf8"));
    expect(new Set(configs).size).toBe(1);
    const together = join(backend.directory, "tsconfig.json");
    const files = written.map((name) => `${name}/index.ts`);
    writeFileSync(together, JSON.stringify({ extends: `./${written[0] ?? ""}/tsconfig.json`, files }));
    const compiler = join(repository, "node_modules/typescript/bin/tsc");
    const { status, stdout } = spawnSync(process.execPath, [compiler, "--noEmit", "-p", together], { encoding: "utf8" });
    expect([status, stdout]).toEqual([0, ""]);
  });
});
