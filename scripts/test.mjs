#!/usr/bin/env node
// Runs the tests and ends with the line `N passed, N failed`.
//
//   node scripts/test.mjs                               all projects but the last five, after installing what they need
//   node scripts/test.mjs unit engine [jest arguments]  some projects: unit, contract, simulator, scenarios, engine, faults;
//                                                       languages, wine, examples, sdk, linear
//   node scripts/test.mjs faults --whole                every fault test, not a bounded part of them: hours
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { leftBehind, markedEnvironment } from "./left-behind.mjs";
import { ensurePrerequisites } from "./prerequisites.mjs";
import { run } from "./process.mjs";
import { runMain } from "./run-main.cjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
// A lane has packed the library for itself.
const packed = process.env.PULUMI_TABLEAU_LANE === undefined ? ["packed"] : [];
const needs = {
  unit: ["packages"],
  contract: ["packages", "build"],
  simulator: ["packages", "build"],
  scenarios: ["packages", "build"],
  engine: ["packages", "build", "engine", "browser", ...packed],
  faults: ["packages", "build"],
  languages: ["packages", "build", "engine", ...packed],
  wine: ["packages", "build", "wine"],
  examples: ["packages", "build", "engine", ...packed],
  sdk: ["packages", "build", "engine"],
  linear: ["packages"],
};
/**
 * These are left to CI: they need programs that take minutes to build, or hundreds of megabytes of Debian's packages; or they hold what
 * few changes touch: the programs under examples/, Pulumi's SDK and the regular expressions.
 */
const onDemand = ["languages", "wine", "examples", "sdk", "linear"];
const named = takeWhile(process.argv.slice(2), (argument) => argument in needs);
const selected = named.length > 0 ? named : Object.keys(needs).filter((project) => !onDemand.includes(project));
const rest = process.argv.slice(2 + named.length);
const jestArguments = rest.filter((argument) => argument !== "--whole");
if (rest.includes("--whole")) process.env.PULUMI_TABLEAU_FAULTS = "whole";
const faultRows = join(root, ".work", "faults", "rows.jsonl");

await runMain(async () => {
  try {
    await ensurePrerequisites([...new Set(selected.flatMap((project) => needs[project]))]);
    sayWhichTransport();
    return await runJest();
  } catch (error) {
    console.log("0 passed, 1 failed");
    throw error;
  }
});

function sayWhichTransport() {
  if (!selected.includes("simulator") || existsSync("/usr/sbin/sshd")) return;
  console.error(
    "There is no OpenSSH server here: simulated nodes are reached through the built-in one, and the OpenSSH tests are skipped.",
  );
}

async function runJest() {
  const report = join(root, ".work", `jest-${process.pid}.json`);
  mkdirSync(dirname(report), { recursive: true });
  const jest = join(root, "node_modules", "jest", "bin", "jest.js");
  const options = ["--selectProjects", ...selected, "--json", `--outputFile=${report}`];
  // With --json jest prints the report on standard output too; its words for people come on standard error.
  rmSync(faultRows, { force: true });
  const env = markedEnvironment();
  const code = await run(process.execPath, [jest, ...options, ...jestArguments], {
    cwd: root,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (!existsSync(report)) throw new Error("jest ended without a report.");
  const result = JSON.parse(readFileSync(report, "utf8"));
  rmSync(report);
  return printTotals(result, code, await leftBehind(env));
}

function printTotals(result, code, left) {
  if (selected.includes("faults")) printFaults();
  if (jestArguments.length === 0) {
    printSkipped(result);
    printTimes(result);
  }
  printRetried(result);
  for (const line of left) console.log(`left running by the tests: ${line}`);
  // A file that cannot be loaded has no tests to count, and counts as one that failed; so does a run of no test at all, and a
  // program that tests have started and not ended.
  const counted = result.numFailedTests + result.numRuntimeErrorTestSuites + left.length;
  const failed = counted === 0 && (code !== 0 || result.numPassedTests === 0) ? 1 : counted;
  console.log(`${result.numPassedTests} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

// The matrix: one line for each operation and kind of fault, and their sum.
function printFaults() {
  if (!existsSync(faultRows)) return;
  const lines = readFileSync(faultRows, "utf8").trim().split("\n");
  const rows = lines.map((line) => JSON.parse(line));
  rows.sort((a, b) => a.part.localeCompare(b.part));
  for (const { part, what, ran, of, failed, figures = {} } of rows) {
    const more = Object.entries(figures).map(([name, figure]) => `, ${name}: ${figure}`);
    console.log(
      `${part.padEnd(28)} ${what.padEnd(36)} ${String(ran).padStart(6)} of ${String(of).padStart(6)}, ${failed} failed${more.join("")}`,
    );
  }
  const sum = (name) => rows.reduce((total, row) => total + row[name], 0);
  const figure = (name) => rows.reduce((total, row) => total + Number(row.figures?.[name] ?? 0), 0);
  const most = Math.max(0, ...rows.map(({ figures = {} }) => Number(figures["restarts more at most"] ?? 0)));
  const share = ((100 * (sum("ran") - sum("failed"))) / Math.max(1, sum("ran"))).toFixed(1);
  console.log(
    `faults in all: ${sum("ran")} of ${sum("of")} cases ran, ${sum("failed")} failed, converged ${share} %, ` +
      `files lost ${figure("files lost")}, half written visible ${figure("half written visible")}, ` +
      `restarts more at most ${most}, foreign applied or lost ${figure("foreign applied or lost")}`,
  );
}

function printSkipped(result) {
  const tests = result.testResults.flatMap((suite) => suite.assertionResults);
  const skipped = tests.filter((test) => test.status === "pending" || test.status === "todo");
  for (const test of skipped) console.log(`skipped: ${test.fullName}`);
}

// Where the time goes: seconds of each project's files, of which two run at a time, and of its longest ones. Every file also
// pays for loading what it tests, which is no test's time.
function printTimes(result) {
  const projects = new Map();
  for (const { name, startTime, endTime } of result.testResults) {
    const file = relative(join(root, "tests"), name).replace(/\.test\.ts$/, "");
    const [folder] = file.split("/");
    const project = folder in needs ? folder : "unit";
    projects.set(project, [...(projects.get(project) ?? []), { file, seconds: Math.round((endTime - startTime) / 1000) }]);
  }
  for (const [project, files] of projects) {
    files.sort((a, b) => b.seconds - a.seconds);
    const sum = files.reduce((total, { seconds }) => total + seconds, 0);
    const longest = files.slice(0, 12).map(({ file, seconds }) => `${file.replace(`${project}/`, "")} ${seconds}`);
    console.log(`${project}: ${files.length} files, ${sum} s, the longest: ${longest.join(", ")}`);
  }
}

// A test that passes only at its second try is a fault of the test or of the machine: it is named, so that somebody looks.
function printRetried(result) {
  const tests = result.testResults.flatMap((suite) => suite.assertionResults);
  const retried = tests.filter((test) => (test.invocations ?? 1) > 1);
  for (const test of retried) console.log(`tried again: ${test.fullName} (${test.status})`);
}

function takeWhile(values, accept) {
  const end = values.findIndex((value) => !accept(value));
  return end < 0 ? values : values.slice(0, end);
}
