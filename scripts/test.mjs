#!/usr/bin/env node
// Runs the tests and ends with the line `N passed, N failed`.
//
//   node scripts/test.mjs                         everything, after installing what it needs
//   node scripts/test.mjs unit [jest arguments]   one project: unit, contract, simulator or engine
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensurePrerequisites } from "./prerequisites.mjs";
import { run } from "./process.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const projects = ["unit", "contract", "simulator", "engine"];
const needs = {
  unit: ["packages"],
  contract: ["packages", "build"],
  simulator: ["packages", "build"],
  engine: ["packages", "build", "engine"],
};

const [first, ...rest] = process.argv.slice(2);
const selected = projects.includes(first) ? [first] : projects;
const jestArguments = projects.includes(first) ? rest : process.argv.slice(2);

await ensurePrerequisites([...new Set(selected.flatMap((project) => needs[project]))]);
if (selected.includes("simulator") && !existsSync("/usr/sbin/sshd")) {
  console.error(
    "There is no OpenSSH server here: the simulated nodes are reached through the built-in one, and the OpenSSH tests are skipped.",
  );
}

const report = join(root, ".work", `jest-${process.pid}.json`);
mkdirSync(dirname(report), { recursive: true });
const jest = join(root, "node_modules", "jest", "bin", "jest.js");
const options = ["--selectProjects", ...selected, "--json", `--outputFile=${report}`, "--passWithNoTests"];
// With --json jest prints the report on standard output too; its words for people come on standard error.
const code = await run(process.execPath, [jest, ...options, ...jestArguments], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
process.exitCode = printTotals(code);

function printTotals(code) {
  if (!existsSync(report)) {
    console.log("0 passed, 1 failed");
    return 1;
  }
  const result = JSON.parse(readFileSync(report, "utf8"));
  rmSync(report);
  printSkipped(result);
  // A file that cannot be loaded has no tests to count, and counts as one that failed.
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  const unexplained = code !== 0 && failed === 0 ? 1 : 0;
  console.log(`${result.numPassedTests} passed, ${failed + unexplained} failed`);
  return code === 0 && failed === 0 ? 0 : 1;
}

function printSkipped(result) {
  const tests = result.testResults.flatMap((suite) => suite.assertionResults);
  const skipped = tests.filter((test) => test.status === "pending" || test.status === "todo");
  for (const test of skipped) console.log(`skipped: ${test.fullName}`);
}
