#!/usr/bin/env node
// Makes the language host of YAML programs once, in the user's cache, from its Go module. Prints the folder that goes in front of PATH.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheDirectory } from "./engine.mjs";
import { withLock } from "./lock.mjs";
import { isMain, runOrThrow } from "./process.mjs";
import { runMain } from "./run-main.cjs";

const program = "pulumi-language-yaml";
/** A module that asks for it, with the versions of everything else that the engine is built from (scripts/engine/go.mod). */
const source = join(dirname(fileURLToPath(import.meta.url)), "yaml");
const [, version] = /pulumi-yaml (v\S+)/.exec(readFileSync(join(source, "go.mod"), "utf8"));

/** The folder that has the language host, built if it is not there. */
export async function ensureYaml({ say }) {
  const folder = join(cacheDirectory(), "yaml", version);
  if (existsSync(join(folder, program))) return folder;
  await withLock(`${folder}.lock`, { say, what: "building the language host of YAML" }, async () => {
    if (existsSync(join(folder, program))) return;
    const unfinished = `${folder}.${process.pid}`;
    mkdirSync(dirname(folder), { recursive: true });
    const started = Date.now();
    say(`Building the language host of YAML once, half a minute where the engine was built here and longer elsewhere, into ${folder}`);
    // The same flags as the engine's: what it has compiled is not compiled again.
    const command = `github.com/pulumi/pulumi-yaml/cmd/${program}`;
    const options = ["-mod=readonly", "-ldflags", "-s -w", "-o", join(unfinished, program), command];
    await runOrThrow("go", ["build", ...options], { cwd: source, stdio: ["ignore", 2, 2] });
    rmSync(folder, { recursive: true, force: true });
    renameSync(unfinished, folder);
    say(`Built the language host of YAML in ${Math.round((Date.now() - started) / 1000)} s`);
  });
  return folder;
}

async function main() {
  const folder = join(cacheDirectory(), "yaml", version);
  // Tests do not wait for it: `.ci/run` builds it.
  const found = process.argv.includes("--if-built")
    ? existsSync(join(folder, program)) && folder
    : await ensureYaml({ say: (line) => console.error(line) });
  if (found) console.log(found);
  return 0;
}

if (isMain(import.meta.url)) await runMain(main);
