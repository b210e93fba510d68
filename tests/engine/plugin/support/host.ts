import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../../support";
import { madeOnce } from "./made-once";

/** Puts what starts programs of a language into a folder that goes on PATH. */
export function makeHost(runtime: "go" | "python", folder: string): string {
  const words = [
    process.execPath,
    "--require",
    join(repository, "scripts/typescript-hook.cjs"),
    join(__dirname, "language-host.ts"),
    runtime,
  ];
  const script = join(folder, `pulumi-language-${runtime}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(script, `#!/bin/sh\nexec ${words.map((word) => `'${word}'`).join(" ")} "$@"\n`);
  chmodSync(script, 0o755);
  return folder;
}

/** Whether Go programs can be compiled here in seconds: `node scripts/go.mjs` sees to it. */
export function isGoReady(): boolean {
  return printed("go.mjs", "--if-built") === "ready";
}

/** The folder with the language host of YAML, or "": `node scripts/yaml.mjs` builds it. */
export function yamlHost(): string {
  return printed("yaml.mjs", "--if-built");
}

function printed(script: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(repository, "scripts", script), ...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

/** What programs in Python need: their host in `folder`, an interpreter, and the committed package. */
export function makePython(folder: string): { readonly path: readonly string[]; readonly environment: Readonly<Record<string, string>> } {
  const python = join(printed("python.mjs"), "..");
  return { path: [makeHost("python", join(folder, "bin")), python], environment: { PYTHONPATH: installPythonPackage(python) } };
}

/** Installs the committed package without a network, and tells where. */
function installPythonPackage(python: string): string {
  const [sdk, script] = [join(repository, "sdk/python"), join(repository, "scripts/python.mjs")];
  return madeOnce("python", [sdk, script], (target) => {
    // It is copied: setuptools builds in it.
    const source = mkdtempSync(join(tmpdir(), "sdk-python-"));
    cpSync(sdk, source, { recursive: true });
    const install = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--target", target, source];
    const { status, stderr } = spawnSync(join(python, "python3"), install, { encoding: "utf8" });
    rmSync(source, { recursive: true });
    if (status !== 0) throw new Error(stderr);
  });
}
