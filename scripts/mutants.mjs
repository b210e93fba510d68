#!/usr/bin/env node
// Changes the code of a room in one place at a time, and says how many of these mutants the unit tests of the same folder find.
//
//   npm run mutants                    all rooms, one after the other
//   npm run mutants -- plan            one room, or a folder or file of it: plan/check, tsm/parse-key.ts
//   npm run mutants -- --sample        some files of each room
//
// Ends with status 1 where fewer than 90 % are killed.
import { rmSync } from "node:fs";
import { join, relative } from "node:path";
import { Stryker } from "@stryker-mutator/core";
import { root } from "./pack.mjs";
import { runMain } from "./run-main.cjs";

const wanted = 90;

/** Rooms of pure code under provider/, with the tests that have to hold them. */
const rooms = {
  plan: { code: ["plan/**/*.ts"], tests: ["plan/**/*.test.ts"] },
  tsm: { code: ["tsm/**/*.ts"], tests: ["tsm/**/*.test.ts"] },
  taco: { code: ["taco/**/*.ts"], tests: ["taco/**/*.test.ts"] },
  "signature/x509": { code: ["signature/x509/**/*.ts"], tests: ["signature/x509/**/*.test.ts"] },
};

await runMain(async () => {
  const [argument] = process.argv.slice(2);
  const started = Object.entries(rooms).filter(([room]) => argument === undefined || argument === room || argument.startsWith(`${room}/`));
  if (started.length === 0) throw new Error(`${argument} is in no room of pure code: ${Object.keys(rooms).join(", ")}.`);
  let poor = 0;
  for (const [room, { code, tests }] of started) {
    const part = argument === undefined || argument === room ? code : [argument.endsWith(".ts") ? argument : `${argument}/**/*.ts`];
    const score = await mutate(room, part, tests);
    if (score < wanted) poor += 1;
  }
  return poor === 0 ? 0 : 1;
});

async function mutate(name, code, tests) {
  const tempDirName = join(root, ".work", `mutants-${process.pid}`);
  const options = {
    tempDirName,
    mutate: code.map((pattern) => `provider/${pattern}`),
    jest: { config: { testMatch: tests.map((pattern) => `<rootDir>/tests/${pattern}`) } },
  };
  try {
    const results = await new Stryker(options).runMutationTest();
    return printScore(
      name,
      results.filter(({ status }) => status !== "Ignored"),
    );
  } finally {
    rmSync(tempDirName, { recursive: true, force: true });
  }
}

/** Prints the mutants that no test found, and gives how many of a hundred were found. */
function printScore(name, results) {
  const killed = results.filter(({ status }) => status === "Killed" || status === "Timeout");
  for (const one of results) if (!killed.includes(one)) console.log(describe(one));
  const score = results.length === 0 ? 0 : (100 * killed.length) / results.length;
  console.log(`${name}: ${killed.length} of ${results.length} mutants killed, ${score.toFixed(1)} %`);
  return score;
}

function describe({ fileName, location, mutatorName, replacement, status }) {
  const { line, column } = location.start;
  const text = (replacement ?? "").replaceAll(/\s+/g, " ");
  return `${status}: ${relative(root, fileName)}:${line}:${column} ${mutatorName} -> ${text}`;
}
