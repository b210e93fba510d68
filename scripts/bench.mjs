#!/usr/bin/env node
// Runs benchmarks: `npm run bench` all of them, `npm run bench -- signature` those of that name.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./pack.mjs";
import { ensurePrerequisites } from "./prerequisites.mjs";
import { run } from "./process.mjs";

const [name, ...rest] = process.argv.slice(2);
await ensurePrerequisites(["packages", "build"]);
const folder = join(root, "benchmarks");
const files = readdirSync(folder).filter((file) => /^[a-z-]+\.(ts|mjs)$/.test(file));
const selected = name === undefined ? files : files.filter((file) => file.replace(/\.\w+$/, "") === name);
if (selected.length === 0) throw new Error(`There is no benchmark ${name ?? ""} among ${files.join(", ")} in ${folder}.`);

for (const file of selected) {
  console.log(`# ${file}`);
  const hook = ["--require", join(root, "scripts/typescript-hook.cjs")];
  const code = await run(process.execPath, ["--expose-gc", ...hook, join(folder, file), ...rest], { cwd: root });
  if (code !== 0) process.exitCode = 1;
}
