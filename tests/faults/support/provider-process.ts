// A provider in a process of its own, which can be killed: `node --require scripts/typescript-hook.cjs provider-process.ts JOB`.
import { readdirSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { TrustCache } from "../../../provider/lifecycle/trust/trust-cache";
import type { Voice } from "../../../provider/lifecycle/lifecycle";
import { StackImitation, type ResourceState } from "../../scenarios/support/engine";
import type { Program } from "../../scenarios/support/program";
import { PointPool } from "./point-pool";
import type { Footprint, ProviderJob } from "./provider-job";

const job = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as ProviderJob;
const silent = (): void => undefined;
const voice: Voice = { say: silent, warn: silent, progress: silent };
const pool = new PointPool({
  ...(job.killAt === undefined ? {} : { interruption: { label: job.killAt, blow: "kill" } }),
  cut: silent,
  kill: () => process.kill(process.pid, "SIGKILL"),
});
const stack = new StackImitation(job.stack, { pool, voice, cacheDirectory: job.folder, trust: new TrustCache(job.folder) });
for (const [urn, state] of job.resources) stack.resources.set(urn, state);
// What the engine, which is another process, has been told by now.
const save = (): void => writeFileSync(job.stateFile, JSON.stringify([...stack.resources]));
const set = stack.resources.set.bind(stack.resources);
const remove = stack.resources.delete.bind(stack.resources);
Object.assign(stack.resources, {
  set(urn: string, state: ResourceState) {
    set(urn, state);
    save();
  },
  delete(urn: string) {
    remove(urn);
    save();
  },
});
save();

void main();

async function main(): Promise<void> {
  const errors: string[] = [];
  const footprints: Footprint[] = [];
  const programs = job.programs as readonly Program[];
  if (programs.length === 0) errors.push(...(await stack.destroy()).errors);
  for (let i = 0; i < (job.repeat ?? 1); i += 1) {
    const program = programs[Math.floor(i / 10) % programs.length];
    if (program === undefined) break;
    errors.push(...(i % 2 === 0 ? await stack.up(program) : await stack.refresh()).errors);
    if (job.repeat !== undefined && i % 10 === 9) footprints.push(await footprint());
  }
  pool.close();
  process.stdout.write(`${JSON.stringify({ errors, footprints })}\n`);
}

async function footprint(): Promise<Footprint> {
  // What has just ended may take a moment to be let go.
  await new Promise((resolve) => setTimeout(resolve, 50));
  globalThis.gc?.();
  const open = readdirSync("/proc/self/fd").map(linkOf);
  return {
    heap: process.memoryUsage().heapUsed,
    handles: process.getActiveResourcesInfo().filter((name) => name !== "Timeout" && name !== "Immediate").length,
    timers: process.getActiveResourcesInfo().filter((name) => name === "Timeout").length,
    files: open.length,
    sockets: open.filter((link) => link.startsWith("socket:")).length,
  };
}

function linkOf(descriptor: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`);
  } catch {
    return "";
  }
}
