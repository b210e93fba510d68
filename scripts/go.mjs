#!/usr/bin/env node
// Compiles once what Go programs need, into Go's own cache: Pulumi's SDK, the committed package of sdk/go with the oldest SDK that it takes, and
// a program that uses it. From then on a program is compiled in a second.
//
//   node scripts/go.mjs              compiles and says how long it took
//   node scripts/go.mjs --if-built   prints `ready` where that is done; tests do not wait for it: `.ci/run` does it
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheDirectory } from "./engine.mjs";
import { withLock } from "./lock.mjs";
import { isMain, runOrThrow } from "./process.mjs";
import { runMain } from "./run-main.cjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
/** The version of the SDK in the program's go.mod. */
const version = "3.259.0";
const folder = join(cacheDirectory(), "go", version);
const complete = join(folder, "complete");

async function compile({ say }) {
  await withLock(`${folder}.lock`, { say, what: "compiling what Go programs need" }, async () => {
    const started = Date.now();
    say("Compiling Pulumi's SDK for Go and the package of sdk/go: up to four minutes the first time, then seconds");
    mkdirSync(folder, { recursive: true });
    const options = { stdio: ["ignore", 2, 2] };
    await runOrThrow("go", ["vet", "./..."], { ...options, cwd: join(root, "sdk/go/tableau") });
    const program = join(root, "tests/engine/plugin/languages/go");
    await runOrThrow("go", ["build", "-o", join(folder, "program"), "."], { ...options, cwd: program });
    writeFileSync(complete, "");
    say(`Compiled what Go programs need in ${Math.round((Date.now() - started) / 1000)} s`);
  });
}

async function main() {
  if (!process.argv.includes("--if-built")) await compile({ say: (line) => console.error(line) });
  if (existsSync(complete)) console.log("ready");
  return 0;
}

if (isMain(import.meta.url)) await runMain(main);
