import { setTimeout as sleep } from "node:timers/promises";
import { TableauError } from "../error";
import type { ClusterStatus, Earlier, TsmView } from "../tsm/tsm";
import type { SeenTarget } from "./observe-server";
import type { Report } from "./report";
import type { Target } from "./target";

const firstPauseMilliseconds = 250;
const longestPauseMilliseconds = 15_000;

/** What is seen of a server that is back. */
export interface Back {
  readonly view: TsmView;
  /** The whole server, if it was looked at while tsm was asked; null: it is to be looked at now. */
  readonly seen: SeenTarget | null;
}

/**
 * Waits until the server runs and no process is worse than earlier. A cluster that was DEGRADED before may be so after.
 *
 * @param meanwhile looks at the nodes while tsm is asked for the first time: mostly the server is back by then.
 * @throws TableauError activation-failed, naming the processes that are not back, when `timeouts.ready` is over.
 */
export async function awaitRunning(
  target: Target,
  earlier: Earlier,
  report: Report,
  meanwhile: (view: Promise<TsmView>) => Promise<SeenTarget | null> = () => Promise.resolve(null),
): Promise<Back> {
  const deadline = Date.now() + target.timeouts.ready * 1000;
  let pause = firstPauseMilliseconds;
  const first = lookWhileStarting(target, earlier, deadline);
  const view = first.then((now) => now ?? Promise.reject(new Error("tsm does not answer yet")));
  view.catch(() => undefined);
  // What cannot be looked at now is looked at again when the server is back.
  const seen = meanwhile(view).catch(() => null);
  for (let look = first; ; look = lookWhileStarting(target, earlier, deadline)) {
    const now = await look;
    const worse = now === null ? ["tsm does not answer yet"] : whatIsWorse(earlier.view, now);
    if (now !== null && worse.length === 0) return { view: now, seen: look === first ? await seen : null };
    if (Date.now() >= deadline) throw notBack(target, now?.status ?? "unknown", worse);
    if (pause === firstPauseMilliseconds) report.step(`wait until ${target.name} runs again (${now?.status ?? "tsm does not answer yet"})`);
    await sleep(pause);
    pause = Math.min(pause * 2, longestPauseMilliseconds);
  }
}

// The controller may be away for a while during a restart: that is no failure before the time is up.
async function lookWhileStarting(target: Target, earlier: Earlier, deadline: number): Promise<TsmView | null> {
  try {
    return await target.tsm.look(earlier);
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
