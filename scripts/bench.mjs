#!/usr/bin/env node
// Runs benchmarks: `npm run bench` all of them, `npm run bench -- drift-check` one, `npm run bench -- goals` all, with goals beside figures.
import { join } from "node:path";
import { root } from "./pack.mjs";
import { ensurePrerequisites } from "./prerequisites.mjs";
import { run } from "./process.mjs";
import { runMain } from "./run-main.cjs";

await runMain(async () => {
  await ensurePrerequisites(["packages", "build", "engine"]);
  const hook = ["--require", join(root, "scripts/typescript-hook.cjs")];
  const args = process.argv.slice(2);
  return await run(process.execPath, ["--expose-gc", ...hook, join(root, "benchmarks/main.ts"), ...args], { cwd: root });
});
