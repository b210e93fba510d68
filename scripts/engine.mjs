#!/usr/bin/env node
// Finds the Pulumi engine for tests and the demo, or makes it once: `pulumi` on PATH, else built from its Go module into a user cache, else
// installed by the official npm package. Plain Node without dependencies, since it runs in a fresh clone.
//
//   node scripts/engine.mjs          prints the path of `pulumi`
//   node scripts/engine.mjs --json   prints {pulumi, origin, path, languageHost}; `path` goes in front of PATH
import { spawnSync } from "node:child_process";
import { accessSync, chmodSync, constants, copyFileSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "./lock.mjs";
import { isMain, runOrThrow } from "./process.mjs";
import { runMain } from "./run-main.cjs";

const version = "3.259.0";
const npmPackage = "pulumi@3.265.0";
const scripts = dirname(fileURLToPath(import.meta.url));
const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
const command = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
/** Serves dynamic providers; it ships with the SDK and the engine looks for it on PATH and beside itself. */
const dynamicProvider = "pulumi-resource-pulumi-nodejs";

/** The folder that outlives clones: engines, SDK lanes, other Node versions. */
export function cacheDirectory() {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return process.env.PULUMI_TABLEAU_CACHE || join(base, "pulumi-tableau");
}

/** Finds or makes the engine. `say` gets one line whenever a person has to wait. */
export async function ensureEngine({ say }) {
  const found = onPath("pulumi");
  if (found !== undefined) return complete({ pulumi: found, origin: "PATH" });

  const built = join(cacheDirectory(), "engine", `v${version}`, "bin", "pulumi");
  const installed = join(cacheDirectory(), "engine", "npm", "versions", version, "bin", "pulumi");
  if (answers(built)) return complete({ pulumi: built, origin: "built from its Go module" });
  if (answers(installed)) return complete({ pulumi: installed, origin: `npm package ${npmPackage}` });

  await withLock(`${dirname(dirname(built))}.lock`, { say, what: "building the Pulumi engine" }, async () => {
    if (answers(built) || answers(installed)) return;
    if (await build(built, { say })) return;
    await install({ say });
  });
  return answers(built)
    ? complete({ pulumi: built, origin: "built from its Go module" })
    : complete({ pulumi: installed, origin: `npm package ${npmPackage}` });
}

/** True if it is there now; false without Go, or where Go could not build it. */
async function build(target, { say }) {
  if (onPath("go") === undefined) return false;
  const folder = dirname(dirname(target));
  const unfinished = `${target}.${process.pid}`;
  say(`Building the Pulumi engine v${version} once, about six minutes, into ${folder}`);
  mkdirSync(dirname(target), { recursive: true });
  for (const file of ["go.mod", "go.sum", "tools.go"]) copyFileSync(join(scripts, "engine", file), join(folder, file));
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const pulse = setInterval(() => say(`  still building, ${seconds()} s`), 60_000);
  try {
    const flags = `-s -w -X ${versionVariable}=v${version}`;
    await runQuietly("go", ["build", "-mod=readonly", "-ldflags", flags, "-o", unfinished, command], { cwd: folder });
    renameSync(unfinished, target);
    say(`Built the Pulumi engine in ${seconds()} s`);
    return true;
  } catch (error) {
    say(`Go could not build the Pulumi engine: ${error.message}`);
    return false;
  } finally {
    clearInterval(pulse);
    rmSync(unfinished, { force: true });
  }
}

async function install({ say }) {
  const home = join(cacheDirectory(), "engine", "npm");
  say(`Installing the Pulumi engine v${version} once with the npm package ${npmPackage}, into ${home}`);
  mkdirSync(home, { recursive: true });
  const env = { ...process.env, PULUMI_HOME: home, PULUMI_VERSION: version, PULUMI_SKIP_UPDATE_CHECK: "true" };
  await runQuietly("npm", ["exec", "--yes", `--package=${npmPackage}`, "--", "pulumi", "version"], { cwd: home, env });
}

/** Their words go to our standard error: our standard output is an answer that programs read. */
function runQuietly(name, args, options) {
  return runOrThrow(name, args, { ...options, stdio: ["ignore", 2, 2] });
}

/** Sees to it that the engine finds what serves dynamic providers, and says which folders go in front of PATH. */
function complete({ pulumi, origin }) {
  const bin = dirname(pulumi);
  const beside = existsSync(join(bin, dynamicProvider)) || existsSync(join(dirname(realpathSync(pulumi)), dynamicProvider));
  const path = [bin];
  if (!beside && (origin !== "PATH" || onPath(dynamicProvider) === undefined)) {
    const target = origin === "PATH" ? join(cacheDirectory(), "engine", "scripts") : bin;
    copyDynamicProvider(target);
    if (target !== bin) path.push(target);
  }
  return { pulumi, origin, path, languageHost: findLanguageHost(bin) };
}

function copyDynamicProvider(target) {
  const source = join(scripts, "..", "node_modules", "@pulumi", "pulumi", dynamicProvider);
  if (!existsSync(source)) throw new Error(`${source} is missing. Run \`npm ci\` first.`);
  mkdirSync(target, { recursive: true });
  const unfinished = join(target, `${dynamicProvider}.${process.pid}`);
  copyFileSync(source, unfinished);
  chmodSync(unfinished, 0o755);
  renameSync(unfinished, join(target, dynamicProvider));
}

function findLanguageHost(bin) {
  const beside = join(bin, "pulumi-language-nodejs");
  return existsSync(beside) ? beside : onPath("pulumi-language-nodejs");
}

/** A binary that a cut copy left behind does not run. */
function answers(binary) {
  if (!existsSync(binary)) return false;
  const { status, stdout } = spawnSync(binary, ["version"], {
    encoding: "utf8",
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  return status === 0 && stdout.trim() === `v${version}`;
}

function onPath(name) {
  const candidates = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return candidates.map((folder) => join(folder, name)).find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function main() {
  try {
    const engine = await ensureEngine({ say: (line) => console.error(line) });
    console.log(process.argv.includes("--json") ? JSON.stringify(engine) : engine.pulumi);
    return 0;
  } catch (error) {
    console.error(
      `There is no Pulumi engine here, and none could be made: ${error.message} Put \`pulumi\` on PATH (https://www.pulumi.com/docs/install/).`,
    );
    return 1;
  }
}

if (isMain(import.meta.url)) await runMain(main);
