// Finds what tests leave running: every program that they start inherits a mark in its environment. Only where there is /proc.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const variable = "PULUMI_TABLEAU_TEST_RUN";

/** The mark of the test run that this process belongs to; undefined: of none. */
export const testRun = process.env[variable];

/** The environment for a test run: ours with a mark that no other run has. */
export function markedEnvironment() {
  return { ...process.env, [variable]: `${process.pid}-${Date.now()}` };
}

/** Command lines of the programs with that mark which are still there after a while. */
export async function leftBehind(environment, graceSeconds = 30) {
  for (let waited = 0; waited < graceSeconds && marked(environment).length > 0; waited += 1) await sleep(1000);
  return marked(environment);
}

function marked(environment) {
  if (!existsSync("/proc/self/environ")) return [];
  const mark = `${variable}=${environment[variable]}`;
  return readdirSync("/proc").flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return [];
    try {
      if (!readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(mark)) return [];
      return [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").join(" ").trim()}`];
    } catch {
      // It has ended meanwhile, or is somebody else's.
      return [];
    }
  });
}
