#!/usr/bin/env node
// Makes the language host of YAML programs once, in the user's cache, from its Go module. Prints the folder that goes in front of PATH.
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheDirectory } from "./engine.mjs";
import { withLock } from "./lock.mjs";
import { isMain, runOrThrow } from "./process.mjs";
import { runMain } from "./run-main.cjs";

const version = "v1.25.0";
const program = "pulumi-language-yaml";

/** The folder that has the language host, built if it is not there. */
export async function ensureYaml({ say }) {
  const folder = join(cacheDirectory(), "yaml", version);
  if (existsSync(join(folder, program))) return folder;
  await withLock(`${folder}.lock`, { say, what: "building the language host of YAML" }, async () => {
    if (existsSync(join(folder, program))) return;
    const unfinished = `${folder}.${process.pid}`;
    mkdirSync(dirname(folder), { recursive: true });
    const started = Date.now();
    say(`Building the language host of YAML once, about ten minutes, into ${folder}`);
    const env = { ...process.env, GOBIN: unfinished };
    await runOrThrow("go", ["install", `github.com/pulumi/pulumi-yaml/cmd/${program}@${version}`], { stdio: ["ignore", 2, 2], env });
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
