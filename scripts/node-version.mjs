#!/usr/bin/env node
// Brings another version of Node from its npm package into the user cache and prints the folder with `node` in it.
//
//   node scripts/node-version.mjs 22.23.3
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheDirectory } from "./engine.mjs";
import { runOrThrow } from "./process.mjs";
import { runMain } from "./run-main.cjs";

const version = process.argv[2];
const platform = `${process.platform}-${process.arch}`;
const name = platform === "darwin-arm64" ? `node-bin-${platform}` : `node-${platform}`;
const folder = join(cacheDirectory(), "node", version);
const bin = join(folder, "node_modules", name, "bin");

await runMain(async () => {
  if (!existsSync(join(bin, "node"))) {
    const unfinished = `${folder}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    writeFileSync(join(unfinished, "package.json"), `{"private":true}\n`);
    await runOrThrow("npm", ["install", "--no-fund", "--no-audit", "--no-package-lock", `${name}@${version}`], {
      cwd: unfinished,
      stdio: ["ignore", 2, 2],
    });
    rmSync(folder, { recursive: true, force: true });
    renameSync(unfinished, folder);
  }
  console.log(bin);
});
