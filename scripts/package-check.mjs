#!/usr/bin/env node
// Would the published package work? publint, attw, and a look at what is in it.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./process.mjs";
import { pack, root } from "./pack.mjs";
import { runMain } from "./run-main.cjs";

const bundles = ["index", "provider", "main", "pulumi-resource-tableau"].map((name) => `dist/${name}.js`);
const always = ["package.json", "README.md", "CHANGELOG.md", "LICENSE"];
/** More than that, and something slipped in that nobody needs. */
const largest = 9_000_000;

await runMain(async () => {
  const folder = mkdtempSync(join(tmpdir(), "pulumi-tableau-"));
  try {
    const { file, files } = pack(folder);
    const problems = [...findStrangers(files), ...findMissing(files), ...findUnusable(files)];
    for (const problem of problems) console.error(`package: ${problem}`);
    console.log(`${files.length} files, ${files.reduce((sum, { size }) => sum + size, 0)} bytes unpacked`);
    const codes = [
      problems.length,
      await run("npx", ["publint", "run", file, "--strict"], { cwd: root }),
      await run("npx", ["attw", file, "--profile", "node16", "--exclude-entrypoints", "./package.json"], { cwd: root }),
    ];
    return codes.some((code) => code !== 0) ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Every file is one of the known few, or a declaration of a source that exists. */
function findStrangers(files) {
  return files
    .map(({ path }) => path)
    .filter((path) => ![...always, ...bundles].includes(path) && !path.startsWith("simulator/scripts/") && !isDeclaration(path))
    .map((path) => `${path} does not belong in it. Left from an earlier build? Then run \`npm run clean\`.`);
}

function isDeclaration(path) {
  const match = /^dist\/(.+)\.d\.ts$/.exec(path);
  return match !== null && existsSync(join(root, `${match[1]}.ts`));
}

function findMissing(files) {
  const { main, types, bin, exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const targets = Object.values(exports).flatMap((target) => (typeof target === "string" ? [target] : Object.values(target)));
  const wanted = [...always, ...bundles, main, types, ...Object.values(bin), ...targets.map((target) => target.replace("./", ""))];
  const paths = files.map(({ path }) => path);
  return [...new Set(wanted)].filter((path) => !paths.includes(path)).map((path) => `${path} is missing.`);
}

function findUnusable(files) {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const mute = Object.values(bin).filter((path) => !startsWithShebang(join(root, path)));
  return [
    ...mute.map((path) => `${path} does not start with "#!/usr/bin/env node".`),
    ...(size > largest ? [`${size} bytes are more than ${largest}.`] : []),
  ];
}

function startsWithShebang(path) {
  return existsSync(path) && readFileSync(path, "utf8").startsWith("#!/usr/bin/env node\n");
}
