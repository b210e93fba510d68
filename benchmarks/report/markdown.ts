import type { Goal, JobResult, Row } from "../jobs/job";
import type { Machine } from "./machine";
import { spread } from "./statistics";

export interface Report {
  readonly date: string;
  readonly machine: Machine;
  readonly runs: number;
  readonly jobs: readonly ({ readonly name: string; readonly title: string } & JobResult)[];
}

/** The report for readers. */
export function markdown({ date, machine, runs, jobs }: Report): string {
  const described = Object.entries(machine).map(([name, value]) => `${name} ${value}`);
  const parts = jobs.map(({ name, title, rows, goals }) => {
    return `## ${name}\n\n${title}\n\n![${name}](${name}.svg)\n\n${rowTable(rows)}\n${goals.length === 0 ? "" : `\n${goalTable(goals)}\n`}`;
  });
  return `# Benchmarks\n\n${date}; ${runs} runs each; ${described.join(", ")}.\n\n${parts.join("\n")}`;
}

export function goalTable(goals: readonly Goal[]): string {
  return table(
    ["goal", "figure", ""],
    goals.map(({ goal, figure, met }) => [goal, figure, met ? "met" : "**missed**"]),
  );
}

function rowTable(rows: readonly Row[]): string {
  return table(
    ["case", "", "unit", "min", "median", "max", "to ours", "connections", "sessions", "bytes sent", "bytes received", "restarts"],
    rows.map((row) => {
      const { min, median, max } = spread(row.values);
      const ours = rows.find((one) => one.case === row.case && one.contestant === "pulumi-tableau");
      const ratio = ours === undefined || ours === row ? "" : (median / spread(ours.values).median).toFixed(1);
      const { connections, sessions, bytesUp, bytesDown, restarts } = row.counts ?? {};
      const counts = [connections, sessions, bytesUp, bytesDown, restarts].map((count) => (count === undefined ? "" : String(count)));
      const name = row.note === undefined ? row.contestant : `${row.contestant} (${row.note})`;
      return [row.case, name, row.unit, ...[min, median, max].map((value) => format(value, row.unit)), ratio, ...counts];
    }),
  );
}

function format(value: number, unit: Row["unit"]): string {
  return unit === "s" ? value.toFixed(2) : unit === "count" ? String(value) : value.toFixed(1);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
