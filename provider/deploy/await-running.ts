import { setTimeout as sleep } from "node:timers/promises";
import { TableauError } from "../error";
import type { ClusterStatus, TsmView } from "../tsm/tsm";
import type { Report } from "./report";
import type { Target } from "./target";

const firstPauseMilliseconds = 250;
const longestPauseMilliseconds = 15_000;

/**
 * Waits until the server runs and no process is worse than `before`. A cluster that was DEGRADED before may be so after.
 *
 * @throws TableauError activation-failed, naming the processes that are not back, when `timeouts.ready` is over.
 */
export async function awaitRunning(target: Target, before: TsmView, report: Report): Promise<TsmView> {
  const deadline = Date.now() + target.timeouts.ready * 1000;
  let pause = firstPauseMilliseconds;
  for (;;) {
    const now = await lookWhileStarting(target, deadline);
    const worse = now === null ? ["tsm does not answer yet"] : whatIsWorse(before, now);
    if (now !== null && worse.length === 0) return now;
    if (Date.now() >= deadline) throw notBack(target, now?.status ?? "unknown", worse);
    if (pause === firstPauseMilliseconds) report.step(`wait until ${target.name} runs again (${now?.status ?? "tsm does not answer yet"})`);
    await sleep(pause);
    pause = Math.min(pause * 2, longestPauseMilliseconds);
  }
}

// The controller may be away for a while during a restart: that is no failure before the time is up.
async function lookWhileStarting(target: Target, deadline: number): Promise<TsmView | null> {
  try {
    return await target.tsm.look();
  } catch (error) {
    const passing = error instanceof TableauError && error.code === "tsm-unreachable";
    if (passing && Date.now() < deadline) return null;
    throw error;
  }
}

/** What is worse now than before, in words; empty if nothing is. */
export function whatIsWorse(before: TsmView, now: TsmView): string[] {
  const worst: readonly ClusterStatus[] = before.status === "RUNNING" ? ["RUNNING"] : ["RUNNING", "DEGRADED"];
  const status = worst.includes(now.status) ? [] : [`the server is ${now.status}`];
  const processes = before.processes
    .filter(({ state }) => state === "running")
    .flatMap((old) => {
      const one = now.processes.find(({ node, name }) => node === old.node && name === old.name);
      return one?.state === "running" ? [] : [`${old.name} on ${old.node} is ${one?.state ?? "missing"}`];
    });
  return [...status, ...processes];
}

function notBack(target: Target, status: ClusterStatus, worse: readonly string[]): TableauError {
  return new TableauError("activation-failed", {
    message: `${target.name} is not back ${String(target.timeouts.ready)} seconds after its restart (${status}): ${worse.join("; ")}.`,
    next: "See `tsm status -v` and the logs on the initial node; `pulumi up` makes up for the restart that is still due.",
  });
}
