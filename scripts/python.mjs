#!/usr/bin/env node
// Makes what Python programs need once, in the user's cache: an environment with Pulumi's SDK. Prints the path of its `python`.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheDirectory } from "./engine.mjs";
import { withLock } from "./lock.mjs";
import { isMain, runOrThrow } from "./process.mjs";
import { runMain } from "./run-main.cjs";

const version = "3.248.0";
/** `parver` and `semver` are what generated packages import; `setuptools` and `wheel` install them without a network. */
const packages = [`pulumi==${version}`, "parver", "semver", "setuptools", "wheel"];

/** The path of a `python` whose environment has Pulumi's SDK. */
export async function ensurePython({ say }) {
  const folder = join(cacheDirectory(), "python", version);
  const python = join(folder, "bin", "python");
  const complete = join(folder, "complete");
  if (existsSync(complete)) return python;
  await withLock(`${folder}.lock`, { say, what: "installing Pulumi's SDK for Python" }, async () => {
    if (existsSync(complete)) return;
    mkdirSync(dirname(folder), { recursive: true });
    rmSync(folder, { recursive: true, force: true });
    say(`Installing Pulumi's SDK for Python once, about a minute, into ${folder}`);
    const options = { stdio: ["ignore", 2, 2] };
    await makeEnvironment(folder, options);
    await runOrThrow(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages], options);
    writeFileSync(`${complete}.part`, "");
    renameSync(`${complete}.part`, complete);
  });
  return python;
}

// Debian has the module for environments in a package of its own; root on Debian gets it by itself.
async function makeEnvironment(folder, options) {
  const make = () => runOrThrow("python3", ["-m", "venv", folder], options);
  const canInstall = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  try {
    await make();
  } catch (error) {
    if (!canInstall) throw error;
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await runOrThrow("apt-get", ["update", "-q"], { ...options, env });
    await runOrThrow("apt-get", ["install", "-y", "-q", "--no-install-recommends", "python3-venv"], { ...options, env });
    rmSync(folder, { recursive: true, force: true });
    await make();
  }
}

async function main() {
  console.log(await ensurePython({ say: (line) => console.error(line) }));
  return 0;
}

if (isMain(import.meta.url)) await runMain(main);
