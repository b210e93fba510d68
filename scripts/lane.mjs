#!/usr/bin/env node
// Makes a folder as a user has it: the packed library and one version of the Pulumi SDK in its node_modules. Prints the folder.
//
//   node scripts/lane.mjs [version of @pulumi/pulumi; default: the one that this repository uses]
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { testRun } from "./left-behind.mjs";
import { withLock } from "./lock.mjs";
import { pack, root } from "./pack.mjs";
import { runOrThrow } from "./process.mjs";
import { runMain } from "./run-main.cjs";

const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const sdk = process.argv[2] ?? devDependencies["@pulumi/pulumi"];
const lane = join(root, ".work", "lanes", `sdk-${sdk}`);
const madeFor = join(lane, ".made-for");
const say = (line) => console.error(line);

await runMain(async () => {
  await withLock(`${lane}.lock`, { say, what: `installing the lane ${sdk}` }, async () => {
    if (isMadeForThisRun()) return;
    rmSync(madeFor, { force: true });
    await install();
    if (testRun !== undefined) writeFileSync(madeFor, testRun);
  });
  console.log(lane);
});

/** A run of the tests builds and packs the library once, not for each of its files: nobody changes it meanwhile. */
function isMadeForThisRun() {
  return testRun !== undefined && existsSync(madeFor) && readFileSync(madeFor, "utf8") === testRun;
}

async function install() {
  mkdirSync(lane, { recursive: true });
  const { file, digest } = pack(lane);
  const manifest = {
    private: true,
    description: `pulumi-tableau ${digest}`,
    dependencies: { "pulumi-tableau": `file:${file}`, "@pulumi/pulumi": sdk },
    // What the examples need to compile.
    devDependencies: { "@types/node": devDependencies["@types/node"] },
    // No package needs its install script here, as in the repository.
    allowScripts: { "@pulumi/command": false, "cpu-features": false, protobufjs: false, ssh2: false },
  };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  const manifestFile = join(lane, "package.json");
  if (existsSync(manifestFile) && readFileSync(manifestFile, "utf8") === text) return;
  // npm keeps an unpacked tarball of the same name and version, so begin anew.
  for (const name of ["node_modules", "package-lock.json", "package.json"]) rmSync(join(lane, name), { recursive: true, force: true });
  say(`Installing the packed library with @pulumi/pulumi ${sdk} in ${lane}`);
  writeFileSync(manifestFile, text);
  try {
    await runOrThrow("npm", ["install", "--no-fund", "--no-audit", "--no-package-lock", "--prefer-offline"], {
      cwd: lane,
      stdio: ["ignore", 2, 2],
    });
  } catch (error) {
    rmSync(manifestFile);
    throw error;
  }
}
