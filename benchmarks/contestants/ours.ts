import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Field } from "../field/field";
import type { Contestant, Task } from "./contestant";
import { timed } from "./timed";

/** What the worker tells about a run of ours. */
export interface OursReport {
  /** From the first `require` of provider code until the last answer; the process itself stands already, as in an engine. */
  readonly seconds: number;
  readonly connections: number;
  readonly scripts: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** Greatest resident memory of the process, in MB. */
  readonly megabytes: number;
  readonly differences: readonly string[];
  /** When each script began and ended, in milliseconds since the first `require`. */
  readonly scriptsRun: readonly { readonly node: string; readonly name: string; readonly begun: number; readonly ended: number }[];
}

/** Reports of the runs of ours so far, the last one last. */
const reports: OursReport[] = [];

/** Our provider's code, called as the engine calls it. */
export const ours: Contestant = {
  name: "pulumi-tableau",
  run: (field, task) => work(field, task),
  async settle(field, task) {
    await field.wipe();
    rmSync(statePath(field), { force: true });
    await work(field, { ...task, how: "apply" });
  },
};

/** Does a task and tells all about it. @throws Error if it fails or finds a difference. */
export async function runOurs(field: Field, task: Task): Promise<OursReport> {
  await work(field, task);
  const report = reports.at(-1);
  if (report === undefined) throw new Error("The worker told nothing.");
  return report;
}

/** As if nothing had been deployed by us. */
export function forget(field: Field): void {
  rmSync(statePath(field), { force: true });
}

async function work(field: Field, task: Task): Promise<number> {
  const folder = mkdtempSync(join(field.folder, "ours-"));
  const spec = {
    how: task.how,
    stateFile: statePath(field),
    cacheDirectory: join(field.folder, "cache"),
    inputs: field.inputs(),
    packages: task.packages.map(({ path }) => path),
    config: { disableVerifyConnectorPluginSignature: true },
  };
  writeFileSync(join(folder, "spec.json"), JSON.stringify(spec));
  const { output } = await timed(process.execPath, [
    join(__dirname, "files/worker.cjs"),
    join(folder, "spec.json"),
    join(folder, "report.json"),
  ]);
  const report = JSON.parse(readFileSync(join(folder, "report.json"), "utf8")) as OursReport;
  rmSync(folder, { recursive: true, force: true });
  reports.push(report);
  if (report.differences.length > 0) throw new Error(`pulumi-tableau finds a difference: ${report.differences.join("; ")}\n${output}`);
  return report.seconds;
}

function statePath(field: Field): string {
  return join(field.folder, "state.json");
}
