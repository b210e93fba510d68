import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ResourceState } from "../../scenarios/support";

/** What a provider process does. */
export interface ProviderJob {
  readonly stack: string;
  /** Programs to bring up, ten operations each in turn; none: destroy. */
  readonly programs: readonly unknown[];
  /** How many operations. Default 1. */
  readonly repeat?: number;
  /** The point at which the process is killed. */
  readonly killAt?: string;
  readonly resources: readonly (readonly [urn: string, state: ResourceState])[];
  /** Where the state is written, each time the engine would write it. */
  readonly stateFile: string;
  readonly folder: string;
}

/** What a process holds at a moment. */
export interface Footprint {
  readonly heap: number;
  readonly handles: number;
  readonly timers: number;
  readonly files: number;
  readonly sockets: number;
}

export interface ProviderEnd {
  /** Null: it was killed. */
  readonly errors: readonly string[] | null;
  readonly footprints: readonly Footprint[];
  readonly signal: string | null;
  readonly resources: readonly (readonly [urn: string, state: ResourceState])[];
}

/** Runs a job in a process of its own. `started` gets the process, to kill it. */
export async function runProvider(
  job: Omit<ProviderJob, "stateFile">,
  started: (child: ChildProcess) => void = () => undefined,
): Promise<ProviderEnd> {
  const folder = mkdtempSync(join(job.folder, "provider-"));
  const [jobFile, stateFile] = [join(folder, "job.json"), join(folder, "state.json")];
  writeFileSync(jobFile, JSON.stringify({ ...job, stateFile }));
  const options = [
    "--expose-gc",
    "--require",
    join(__dirname, "../../../scripts/typescript-hook.cjs"),
    join(__dirname, "provider-process.ts"),
    jobFile,
  ];
  const child = spawn(process.execPath, options, { stdio: ["ignore", "pipe", "inherit"] });
  started(child);
  let printed = "";
  child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const signal = await new Promise<string | null>((resolve) => child.on("close", (_code, name) => resolve(name)));
  const resources = JSON.parse(readFileSync(stateFile, "utf8")) as ProviderEnd["resources"];
  if (printed === "") return { errors: null, footprints: [], signal, resources };
  const { errors, footprints } = JSON.parse(printed) as Pick<ProviderEnd, "errors" | "footprints">;
  return { errors, footprints, signal, resources };
}
