import type { ClusterStatus, ProcessStatus, TsmView } from "../tsm/tsm";

/** How a server runs, compared with how it ran before. All of it in words. */
export interface RunningComparison {
  /** What is surely worse. */
  readonly worse: readonly string[];
  /** What could be worse, and nothing tells. */
  readonly unclear: readonly string[];
  /** What tsm says in words of its own while the server runs. */
  readonly strange: readonly string[];
}

type Running = Pick<TsmView, "status" | "statusWords" | "processes">;

/**
 * Tells what is worse from what is not known. A cluster that was DEGRADED before may be so after.
 *
 * A process that ran, and is now in a state that says little or that this package does not know, or is no longer listed, is strange
 * while the server's own status is RUNNING: that status counts all of them. Else it is unclear.
 */
export function compareRunning(before: Running, now: Running): RunningComparison {
  const result = { worse: [...worseStatus(before, now)], unclear: [] as string[], strange: strangeStatus(before, now) };
  for (const old of before.processes) {
    if (old.state !== "running") continue;
    const one = now.processes.find((process) => isSame(process, old));
    if (one?.state === "running") continue;
    const words = one === undefined ? `${nameOf(old)} is no longer listed` : describeProcess(one);
    result[one === undefined ? kindOf("unknown", now) : kindOf(one.state, now)].push(words);
  }
  const others = now.processes.filter((one) => one.state === "unknown" && !before.processes.some((old) => isSame(old, one)));
  for (const other of others) result.strange.push(describeProcess(other));
  return result;
}

/** What tsm says in words that this package does not know. */
export function strangeWords({ status, statusWords, processes }: Running): string[] {
  const ofServer = status === "unknown" ? [describeStatus(statusWords)] : [];
  return [...ofServer, ...processes.filter(({ state }) => state === "unknown").map(describeProcess)];
}

function worseStatus(before: Running, now: Running): string[] {
  const good: readonly ClusterStatus[] = before.status === "RUNNING" ? ["RUNNING", "unknown"] : ["RUNNING", "DEGRADED", "unknown"];
  return good.includes(now.status) ? [] : [`the server is ${now.status}`];
}

// A word that nobody knows says nothing bad: whether the server runs is left to its processes.
function strangeStatus(before: Running, now: Running): string[] {
  const isNew = now.status === "unknown" && (before.status !== "unknown" || before.statusWords !== now.statusWords);
  return isNew ? [describeStatus(now.statusWords)] : [];
}

function kindOf(state: ProcessStatus["state"], now: Running): "worse" | "unclear" | "strange" {
  const saysLittle = state === "unknown" || state === "unavailable" || state === "degraded";
  if (!saysLittle) return "worse";
  if (now.status === "RUNNING") return "strange";
  return state === "degraded" && now.status !== "unknown" ? "worse" : "unclear";
}

function isSame(one: ProcessStatus, other: ProcessStatus): boolean {
  return one.node === other.node && one.name === other.name;
}

function describeStatus(words: string | undefined): string {
  return `the server's status is ${JSON.stringify(words ?? "unknown")}`;
}

function describeProcess(process: ProcessStatus): string {
  return `${nameOf(process)} ${process.words ?? stateWords[process.state]}`;
}

function nameOf({ node, name }: ProcessStatus): string {
  return node === "" ? name : `${name} on ${node}`;
}

const stateWords: Readonly<Record<ProcessStatus["state"], string>> = {
  running: "is running",
  stopped: "is stopped",
  unavailable: "has no status (it is unavailable)",
  degraded: "is in a degraded state",
  error: "is in an error state",
  synchronizing: "is synchronizing",
  decommissioning: "is decommissioning",
  unknown: "is in a state without a name",
};
