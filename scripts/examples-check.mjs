#!/usr/bin/env node
// Compiles every example in TypeScript as its user would: from the packed library, with the example's own compiler settings. Those in other
// languages run in tests/engine/examples/languages.test.ts.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "./pack.mjs";
import { run } from "./process.mjs";
import { runMain } from "./run-main.cjs";

const files = ["Pulumi.yaml", "README.md", "index.ts", "package.json", "tsconfig.json"];
const examples = join(root, "examples");

await runMain(async () => {
  const lane = execFileSync(process.execPath, [join(root, "scripts/lane.mjs")], { encoding: "utf8", stdio: ["ignore", "pipe", 2] }).trim();
  const folder = mkdtempSync(join(lane, "examples-"));
  try {
    const found = readdirSync(examples, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const projects = found.flatMap(({ name }) => findProjects(join(examples, name))).filter(isTypeScript);
    let failures = projects.length === 0 ? 1 : 0;
    for (const project of projects) failures += await check(project, folder);
    return failures === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** An example is one project, or a folder of several. */
function findProjects(directory) {
  if (existsSync(join(directory, "Pulumi.yaml"))) return [directory];
  const inner = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return inner.map((entry) => join(directory, entry.name)).filter((path) => existsSync(join(path, "Pulumi.yaml")));
}

function isTypeScript(project) {
  return /^runtime: nodejs$/m.test(readFileSync(join(project, "Pulumi.yaml"), "utf8"));
}

async function check(project, folder) {
  const missing = files.filter((file) => !existsSync(join(project, file)));
  for (const file of missing) console.error(`${project}: ${file} is missing.`);
  const copy = join(folder, basename(project));
  cpSync(project, copy, { recursive: true, filter: (path) => basename(path) !== "node_modules" });
  const code = await run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "--noEmit", "-p", copy]);
  console.log(`${code === 0 ? "compiles" : "does not compile"}: ${project}`);
  return missing.length + code;
}
