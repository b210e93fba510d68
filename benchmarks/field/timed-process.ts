import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

/** Milliseconds that a process took, from its start to its end. @throws Error if it fails. */
export function timed([command = "", ...args]: readonly string[]): number {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) {
    throw new Error(`${command} ended with ${status}: ${stdout}${stderr}`);
  }
  return performance.now() - start;
}

export interface Cost {
  readonly seconds: number;
  readonly megabytes: number;
  readonly status: number | null;
}

/** Runs a process and looks at its peak of memory (Linux) as long as it lives. */
export async function measured([command = "", ...args]: readonly string[]): Promise<Cost> {
  const start = performance.now();
  const child = spawn(command, args, { stdio: "ignore" });
  let peak = 0;
  const look = setInterval(() => {
    peak = Math.max(peak, peakMemory(child.pid));
  }, 5);
  const [status] = (await once(child, "exit")) as [number | null];
  clearInterval(look);
  return { seconds: (performance.now() - start) / 1000, megabytes: Math.round(peak / 1000), status };
}

function peakMemory(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid ?? 0}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
