#!/usr/bin/env node
// Makes a fresh clone ready for tests and the demo: packages, the built library, the Pulumi engine. Plain Node without dependencies.
// Where nothing is missing, nothing is printed and nothing is changed.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureBrowser } from "./browser.mjs";
import { ensureEngine } from "./engine.mjs";
import { ensureWine } from "./wine.mjs";
import { isMain, runOrThrow } from "./process.mjs";
import { runMain } from "./run-main.cjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const say = (line) => console.error(line);

/** What `needs` names and is missing: `"packages"`, `"build"`, `"packed"`, `"engine"`, `"wine"`, `"browser"`. */
export async function ensurePrerequisites(needs) {
  if (needs.includes("packages")) await ensurePackages();
  // To pack the library is to build it.
  if (needs.includes("packed")) ensurePacked();
  else if (needs.includes("build")) await runOrThrow("npm", ["run", "--silent", "build"], { cwd: root });
  if (needs.includes("wine")) await ensureWine({ say });
  if (needs.includes("browser")) await ensureBrowser({ say });
  if (needs.includes("engine")) {
    const engine = await ensureEngine({ say });
    if (engine.origin !== "PATH") say(`Pulumi engine: ${engine.pulumi} (${engine.origin})`);
    process.env.PATH = [...engine.path, process.env.PATH].join(":");
  }
}

// Tests that use the packed library would each build and pack it to see that it is still the same.
function ensurePacked() {
  process.env.PULUMI_TABLEAU_PACKED = execFileSync(process.execPath, [join(root, "scripts/lane.mjs")], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  }).trim();
}

async function ensurePackages() {
  const stale = whyStale();
  if (stale === undefined) return;
  say(`Installing the npm packages (${stale})`);
  await runOrThrow("npm", ["ci", "--no-fund", "--no-audit"], { cwd: root });
}

/** npm keeps what it installed in node_modules/.package-lock.json; packages for other platforms are not in there. */
function whyStale() {
  const installedFile = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installedFile)) return "there is no node_modules";
  const installed = read(installedFile).packages;
  const wanted = Object.entries(read(join(root, "package-lock.json")).packages);
  const differs = wanted.find(
    ([path, entry]) => path !== "" && entry.optional !== true && entry.link !== true && installed[path]?.version !== entry.version,
  );
  return differs === undefined ? undefined : `${differs[0]} is not the version of package-lock.json`;
}

function read(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

if (isMain(import.meta.url)) await runMain(() => ensurePrerequisites(["packages", "build", "engine"]));
