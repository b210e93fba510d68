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
export function compareRunning(before: Running, after: Running): RunningComparison {
  const result = { worse: [...worseStatus(before, after)], unclear: [] as string[], strange: strangeStatus(before, after) };
  for (const old of before.processes) {
    if (old.state !== "running") continue;
    const current = after.processes.find((process) => isSame(process, old));
    if (current?.state === "running") continue;
    const words = current === undefined ? `${nameOf(old)} is no longer listed` : describeProcess(current);
    result[current === undefined ? kindOf("unknown", after) : kindOf(current.state, after)].push(words);
  }
  const others = after.processes.filter((process) => process.state === "unknown" && !before.processes.some((old) => isSame(old, process)));
  for (const other of others) result.strange.push(describeProcess(other));
  return result;
}

/** What tsm says in words that this package does not know. */
export function strangeWords({ status, statusWords, processes }: Running): string[] {
  const ofServer = status === "unknown" ? [describeStatus(statusWords)] : [];
  return [...ofServer, ...processes.filter(({ state }) => state === "unknown").map(describeProcess)];
}

function worseStatus(before: Running, after: Running): string[] {
  const good: readonly ClusterStatus[] = before.status === "RUNNING" ? ["RUNNING", "unknown"] : ["RUNNING", "DEGRADED", "unknown"];
  return good.includes(after.status) ? [] : [`the server is ${after.status}`];
}

// A word that nobody knows says nothing bad: whether the server runs is left to its processes.
function strangeStatus(before: Running, after: Running): string[] {
  const isNew = after.status === "unknown" && (before.status !== "unknown" || before.statusWords !== after.statusWords);
  return isNew ? [describeStatus(after.statusWords)] : [];
}

function kindOf(state: ProcessStatus["state"], after: Running): "worse" | "unclear" | "strange" {
  const saysLittle = state === "unknown" || state === "unavailable" || state === "degraded";
  if (!saysLittle) return "worse";
  if (after.status === "RUNNING") return "strange";
  return state === "degraded" && after.status !== "unknown" ? "worse" : "unclear";
}

function isSame(first: ProcessStatus, second: ProcessStatus): boolean {
  return first.node === second.node && first.name === second.name;
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
