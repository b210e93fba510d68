import { answerUnreadable, callFailed } from "./answer-error";
import type { CallAnswer } from "./call";
import { cleanLines } from "./clean-lines";
import type { ClusterStatus, ProcessStatus } from "./tsm";

export interface Status {
  readonly status: ClusterStatus;
  readonly processes: readonly ProcessStatus[];
}

/**
 * Reads `tsm status`, plain or with `-v`: there each node has a `Status:` of its own, and the cluster's is made of them.
 *
 * The exit status counts only where there is no `Status:` line: what it is for a stopped server is not documented.
 */
export function parseStatus(answer: CallAnswer): Status {
  const lines = [...cleanLines(answer.stdout), ...cleanLines(answer.stderr)].map((line) => line.text.trim());
  const words = lines.flatMap((line) => statusLine.exec(line)?.[1] ?? []);
  if (words.length === 0) {
    throw answer.exit === 0 ? answerUnreadable(answer, { expected: "a line `Status: RUNNING`" }) : callFailed(answer);
  }
  return { status: rollUp(words.map(toStatus)), processes: readProcesses(lines) };
}

const statusLine = /^status:\s*(\S+?)\.?$/i;

function toStatus(word: string): ClusterStatus {
  const upper = word.toUpperCase();
  return known.find((status) => status === upper) ?? "unknown";
}

const known: readonly ClusterStatus[] = ["RUNNING", "DEGRADED", "ERROR", "STOPPED"];

/** A cluster of which one node runs and another does not is degraded. */
function rollUp(statuses: readonly ClusterStatus[]): ClusterStatus {
  const [first = "unknown"] = statuses;
  if (statuses.every((status) => status === first)) {
    return first;
  }
  if (statuses.includes("unknown")) {
    return "unknown";
  }
  return statuses.includes("RUNNING") || statuses.includes("DEGRADED") ? "DEGRADED" : "ERROR";
}

function readProcesses(lines: readonly string[]): readonly ProcessStatus[] {
  const processes: ProcessStatus[] = [];
  let node = "";
  for (const line of lines) {
    const process = readProcess(line);
    if (process !== undefined) {
      processes.push({ node, ...process });
      continue;
    }
    const header = statusLine.test(line) ? null : nodeLine.exec(line);
    node = header?.[1] ?? node;
  }
  return processes;
}

/** `node1: localhost` */
const nodeLine = /^([\w.-]+):(?:\s+\S+)?$/;

/** `'Tableau Server Repository 0' is running (Active Repository).`, `'…' status is unavailable.` */
function readProcess(line: string): Omit<ProcessStatus, "node"> | undefined {
  const verb = /(?: status)? is ./.exec(line);
  const name = line
    .slice(0, verb?.index ?? 0)
    .replace(/^['"‘“]/, "")
    .replace(/['"’”]$/, "");
  return verb === null || name === "" ? undefined : { name, state: toState(line.slice(verb.index)) };
}

function toState(text: string): ProcessStatus["state"] {
  return states.find(({ pattern }) => pattern.test(text))?.state ?? "unknown";
}

const states: readonly { readonly pattern: RegExp; readonly state: ProcessStatus["state"] }[] = [
  { pattern: /^(?: status)? is running\b/i, state: "running" },
  { pattern: /^(?: status)? is stopped\b/i, state: "stopped" },
  { pattern: /^(?: status)? is unavailable\b/i, state: "unavailable" },
  { pattern: /^(?: status)? is (?:in a )?degraded\b/i, state: "degraded" },
  { pattern: /^(?: status)? is in an error\b/i, state: "error" },
  { pattern: /^(?: status)? is synchronizing\b/i, state: "synchronizing" },
  { pattern: /^(?: status)? is decommissioning\b/i, state: "decommissioning" },
];
