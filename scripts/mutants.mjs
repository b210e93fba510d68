#!/usr/bin/env node
// Changes pure code in one place at a time, and says how many of these mutants the unit tests of the same folder find.
//
//   npm run mutants                    all rooms, one after the other: hours
//   npm run mutants -- plan/check      a room, a folder or a file: the code of provider/plan/check by the tests of tests/plan/check
//   npm run mutants -- --sample        some files of each room: two minutes
//
// Ends with status 1 where fewer than 90 % are killed.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { Stryker } from "@stryker-mutator/core";
import { root } from "./pack.mjs";
import { runMain } from "./run-main.cjs";

const wanted = 90;

/** Folders of provider/ whose code is pure, but for the last one: see `readers`. */
const rooms = ["plan", "schema", "tsm", "taco", "signature/x509", "host"];

/** What is pure in `host`: that which reads files and answers. Other tests there start servers. */
const readers = {
  code: ["answer.ts", "bytes-of-text.ts", "error-text.ts", "fields.ts", "known-hosts.ts", "reply.ts", "text-of-bytes.ts"],
  tests: ["answer", "error-text", "fields", "known-hosts", "reply", "text-of-bytes"],
};

/** Rules that are easily turned round, with tests that take milliseconds. */
const sample = ["plan/check/check-breaking.ts", "plan/compare/is-loaded.ts", "plan/placement/who-wins.ts"];

await runMain(async () => {
  const [argument] = process.argv.slice(2);
  const scores = [];
  if (argument === "--sample") scores.push(score("the sample", await mutateByFolder(sample)));
  else for (const room of argument === undefined ? rooms : [argument]) scores.push(score(room, await mutateRoom(room)));
  return Math.min(...scores) < wanted ? 1 : 0;
});

async function mutateRoom(room) {
  const files = codeOf(room);
  if (files.length === 0) throw new Error(`There is no code to change in provider/${room}. The rooms are ${rooms.join(", ")}.`);
  return await mutateByFolder(files);
}

// One folder after the other, since each is held by tests of its own.
async function mutateByFolder(files) {
  const results = [];
  for (const folder of new Set(files.map((file) => dirname(file)))) {
    const found = await mutate(files.filter((file) => dirname(file) === folder));
    score(folder, found);
    results.push(...found);
  }
  return results;
}

function codeOf(room) {
  if (room.endsWith(".ts")) return [room];
  const names = readdirSync(join(root, "provider", room), { recursive: true });
  const isPure = (name) => (isHost(room) ? readers.code.includes(basename(name)) : name.endsWith(".ts"));
  return names.filter(isPure).map((name) => `${room}/${name}`);
}

function isHost(path) {
  return path === "host" || path.startsWith("host/");
}

/** The tests of a folder; where it has none of its own, those of the folder above. */
function testsOf(folder) {
  return existsSync(join(root, "tests", folder)) ? `<rootDir>/tests/${folder}` : testsOf(dirname(folder));
}

/** Mutates some files, and runs the tests of their folders on each mutant. */
async function mutate(files) {
  const tempDirName = join(root, ".work", `mutants-${process.pid}`);
  const folders = [...new Set(files.map((file) => testsOf(dirname(file))))];
  const names = files.some(isHost) ? `@(${readers.tests.join("|")})` : "*";
  const jest = { config: { roots: ["<rootDir>/provider", ...folders], testMatch: folders.map((folder) => `${folder}/${names}.test.ts`) } };
  try {
    const options = { tempDirName, mutate: files.map((file) => `provider/${file}`), jest };
    const results = await new Stryker(options).runMutationTest();
    // One that no test could be run on counts as not found: else a test whose name Stryker cannot search for would hide them.
    const tried = results.filter(({ status }) => status !== "Ignored");
    for (const one of tried) if (!isKilled(one)) console.log(describe(one));
    return tried;
  } finally {
    rmSync(tempDirName, { recursive: true, force: true });
  }
}

function score(name, results) {
  const killed = results.filter(isKilled).length;
  // A file of types alone has nothing to change.
  const percent = results.length === 0 ? 100 : (100 * killed) / results.length;
  // On a loaded machine a mutant may run out of time that no test finds.
  const late = results.filter(({ status }) => status === "Timeout").length;
  console.log(`${name}: ${killed} of ${results.length} mutants killed, ${percent.toFixed(1)} %; ${late} of them ran out of time`);
  return percent;
}

function isKilled({ status }) {
  return status === "Killed" || status === "Timeout";
}

function describe({ fileName, location, mutatorName, replacement, status }) {
  const { line, column } = location.start;
  return `${status}: ${relative(root, fileName)}:${line}:${column} ${mutatorName}: ${(replacement ?? "").replaceAll(/\s+/g, " ")}`;
}
