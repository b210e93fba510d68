#!/usr/bin/env node
// Completes package-lock.json after an `npm install` from a registry mirror that lacks packages for other platforms: npm leaves those out,
// and `npm ci` then refuses the file (https://github.com/npm/cli/issues/4828). Their versions are pinned by the packages that name them.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runMain } from "./run-main.cjs";

const file = join(dirname(fileURLToPath(import.meta.url)), "..", "package-lock.json");
const systems = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"];
const processors = ["arm64", "arm", "ia32", "loong64", "ppc64", "riscv64", "s390x", "x64"];
let lock;
let added = 0;

await runMain(complete);

function complete() {
  lock = JSON.parse(readFileSync(file, "utf8"));
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (!isLocked(path, name)) add(name, version, entry.dev === true);
    }
  }
  if (added > 0) {
    const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a === b ? 0 : a.localeCompare(b, "en")));
    lock.packages = Object.fromEntries(sorted);
    writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  }
  console.log(`${added} packages for other platforms added to package-lock.json`);
}

/** Node's rule: the nearest node_modules upwards. */
function isLocked(path, name) {
  if (lock.packages[`${path === "" ? "" : `${path}/`}node_modules/${name}`] !== undefined) return true;
  if (path === "") return false;
  const parent = path.lastIndexOf("/node_modules/");
  return isLocked(parent < 0 ? "" : path.slice(0, parent), name);
}

function add(name, version, dev) {
  const os = systems.find((system) => name.includes(`-${system}-`));
  const cpu = processors.find((processor) => name.includes(`-${processor}`));
  if (os === undefined || cpu === undefined) throw new Error(`${name} names no platform: run npm install against a complete registry.`);
  lock.packages[`node_modules/${name}`] = { version, cpu: [cpu], ...(dev ? { dev } : {}), optional: true, os: [os] };
  added += 1;
}
