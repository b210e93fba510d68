#!/usr/bin/env node
// Makes the packages of other languages of plugin/schema.json: sdk/python, sdk/go, sdk/nodejs. The generator is a Go program, built once into
// the user's cache, as the engine is: it is the engine's own code, which needs no language host.
//
//   node scripts/sdk.mjs            writes sdk/
//   node scripts/sdk.mjs FOLDER     writes it there; a test compares
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheDirectory } from "./engine.mjs";
import { withLock } from "./lock.mjs";
import { isMain, runOrThrow } from "./process.mjs";
import { runMain } from "./run-main.cjs";

const scripts = dirname(fileURLToPath(import.meta.url));
const root = join(scripts, "..");
const source = join(scripts, "plugin", "sdk-generator");
const sources = ["go.mod", "go.sum", "main.go"];
/** The generator leaves these to the publisher; `go mod tidy` in that folder writes them. */
const kept = ["go.mod", "go.sum"].map((file) => join("go", "tableau", file));

/** The path of the generator, built if it is not there; undefined where there is no Go. */
export async function ensureGenerator({ say }) {
  const hash = createHash("sha256");
  for (const file of sources) hash.update(readFileSync(join(source, file)));
  const program = join(cacheDirectory(), "sdk-generator", hash.digest("hex").slice(0, 16), "sdk-generator");
  if (existsSync(program)) return program;
  await withLock(`${dirname(program)}.lock`, { say, what: "building the generator of packages" }, async () => {
    if (existsSync(program)) return;
    mkdirSync(dirname(program), { recursive: true });
    const started = Date.now();
    say(`Building the generator of packages once, up to four minutes, into ${dirname(program)}`);
    const unfinished = `${program}.${process.pid}`;
    // The same flags as the engine's: what it has compiled is not compiled again.
    await runOrThrow("go", ["build", "-mod=readonly", "-o", unfinished, "."], { cwd: source, stdio: ["ignore", 2, 2] });
    renameSync(unfinished, program);
    say(`Built the generator of packages in ${Math.round((Date.now() - started) / 1000)} s`);
  });
  return program;
}

async function main() {
  const target = process.argv[2] ?? join(root, "sdk");
  const generator = await ensureGenerator({ say: (line) => console.error(line) });
  for (const language of ["python", "nodejs", "go"]) clean(join(target, language), language);
  await runOrThrow(generator, [join(root, "plugin", "schema.json"), target]);
  // Its pyproject.toml names a page that the generator puts one folder deeper.
  copyFileSync(join(target, "python", "pulumi_tableau", "README.md"), join(target, "python", "README.md"));
  return 0;
}

// What the schema has no longer must not stay.
function clean(folder, language) {
  const own = language === "go" ? kept.map((file) => join(folder, "..", file)).filter((file) => existsSync(file)) : [];
  const texts = own.map((file) => readFileSync(file));
  rmSync(folder, { recursive: true, force: true });
  own.forEach((file, index) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, texts[index]);
  });
}

if (isMain(import.meta.url)) await runMain(main);
