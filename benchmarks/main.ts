// Runs benchmarks and writes their results: `npm run bench` all, `npm run bench -- NAME...` those, `npm run bench -- goals`
// all with each goal beside its figure, and an exit code other than 0 where one is missed. `--runs N`: 5 by default.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runMain } from "../scripts/run-main.cjs";
import { jobs } from "./jobs";
import type { Job } from "./jobs/job";
import { chart } from "./report/chart";
import { describeMachine } from "./report/machine";
import { goalTable, markdown, type Report } from "./report/markdown";

const results = join(__dirname, "results");

void runMain(main);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { runs: { type: "string", default: "5" }, write: { type: "string", default: "yes" } },
  });
  const runs = Number(values.runs);
  const names = positionals.filter((name) => name !== "goals");
  const report = { ...(await measure(select(names), runs)), runs };
  if (values.write === "yes") write(report, names.length === 0 ? "all" : "some");
  const goals = report.jobs.flatMap((job) => job.goals);
  console.log(names.length === 0 && positionals.length > 0 ? goalTable(goals) : markdown(report));
  const missed = goals.filter(({ met }) => !met).length;
  console.error(`${goals.length - missed} of ${goals.length} goals are met.`);
  return positionals.includes("goals") && missed > 0 ? 1 : 0;
}

function select(names: readonly string[]): readonly Job[] {
  const unknown = names.find((name) => jobs.every((job) => job.name !== name));
  if (unknown !== undefined) throw new Error(`There is no benchmark "${unknown}" among ${jobs.map(({ name }) => name).join(", ")}, goals.`);
  return names.length === 0 ? jobs : jobs.filter(({ name }) => names.includes(name));
}

async function measure(selected: readonly Job[], runs: number): Promise<Omit<Report, "runs">> {
  const machine = await describeMachine();
  const date = new Date().toISOString().slice(0, 10);
  const measured: Report["jobs"][number][] = [];
  for (const job of selected) {
    const begun = Date.now();
    const result = await job.run({ runs, say: (line) => console.error(line) });
    measured.push({ name: job.name, title: job.title, ...result });
    console.error(`${job.name} took ${Math.round((Date.now() - begun) / 1000)} s`);
  }
  return { date, machine, jobs: measured };
}

// A run of some benchmarks leaves the results of the others as they are.
function write(report: Report, extent: "all" | "some"): void {
  mkdirSync(results, { recursive: true });
  for (const { name, title, rows } of report.jobs) if (rows.length > 0) writeFileSync(join(results, `${name}.svg`), chart(title, rows));
  const kept = extent === "all" ? [] : earlier().filter(({ name }) => report.jobs.every((job) => job.name !== name));
  const order = jobs.map(({ name }) => name);
  const together = [...kept, ...report.jobs].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  const whole = { ...report, jobs: together };
  writeFileSync(join(results, "results.json"), `${JSON.stringify(whole, undefined, 1)}\n`);
  writeFileSync(join(results, "README.md"), markdown(whole));
}

function earlier(): Report["jobs"] {
  try {
    return (JSON.parse(readFileSync(join(results, "results.json"), "utf8")) as Report).jobs;
  } catch {
    return [];
  }
}
