import { answerUnreadable, callFailed } from "./answer-error";
import type { CallAnswer } from "./call";
import { listLines } from "./clean-lines";
import type { ClusterStatus, ProcessStatus } from "./tsm";

export interface Status {
  readonly status: ClusterStatus;
  readonly statusWords?: string;
  readonly processes: readonly ProcessStatus[];
}

/**
 * Reads `tsm status`, plain or with `-v`: there each node has a `Status:` of its own, and the cluster's is made of them.
 *
 * The exit status counts only where there is no `Status:` line: what it is for a stopped server is not documented.
 */
export function parseStatus(answer: CallAnswer): Status {
  const [output, errors] = [linesOf(answer.stdout), linesOf(answer.stderr)];
  const lines = output.some((line) => statusLine.test(line)) ? output : errors;
  const words = lines.flatMap((line) => statusLine.exec(line)?.[1] ?? []);
  if (words.length === 0) {
    throw answer.exit === 0 ? answerUnreadable(answer, { expected: "a line `Status: RUNNING`" }) : callFailed(answer);
  }
  const status = rollUp(words.map(toStatus));
  const strange = words.find((word) => toStatus(word) === "unknown");
  return { status, ...(strange === undefined ? {} : { statusWords: bounded(withoutStop(strange)) }), processes: readProcesses(lines) };
}

function linesOf(text: string): readonly string[] {
  return listLines(text).map((line) => line.text.trim());
}

const statusLine = /^status:\s*(\S.*)/i;

function toStatus(word: string): ClusterStatus {
  const upper = withoutStop(word).toUpperCase();
  return known.find((status) => status === upper) ?? "unknown";
}

const known: readonly ClusterStatus[] = ["RUNNING", "DEGRADED", "ERROR", "STOPPED"];

/** A cluster of which one node runs and another does not is degraded. */
function rollUp(statuses: readonly ClusterStatus[]): ClusterStatus {
  const [first = "unknown"] = statuses;
  if (statuses.every((status) => status === first)) {
    return first;
  }
  // A word that nobody knows does not hide that another node is down.
  const understood = statuses.filter((status) => status !== "unknown");
  if (understood.every((status) => status === "RUNNING")) {
    return "unknown";
  }
  return statuses.includes("RUNNING") || statuses.includes("DEGRADED") ? "DEGRADED" : "ERROR";
}

function readProcesses(lines: readonly string[]): readonly ProcessStatus[] {
  const processes: ProcessStatus[] = [];
  let node = "";
  for (const line of lines) {
    const process = statusLine.test(line) ? undefined : readProcess(line);
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

/** `'Tableau Server Repository 0' is running (Active Repository).`, `'…' status is unavailable.`, and whatever else follows a quoted name. */
function readProcess(line: string): Omit<ProcessStatus, "node"> | undefined {
  const isQuoted = /^['"‘“]/.test(line);
  const start = isQuoted ? 1 : 0;
  const end = (isQuoted ? /['"’”] (?=\S)/ : / (?=(?:status )?is .)/).exec(line.slice(start));
  if (end === null || end.index === 0) return undefined;
  const words = line.slice(start + end.index + end[0].length).replace(/^status (?=is )/i, "");
  const state = toState(withoutStop(words));
  // Any sentence says that something is something; without quotes it is tsm's where it speaks of Tableau or in words of tsm.
  if (!isQuoted && state.words !== undefined && !/^Tableau\b/i.test(line)) return undefined;
  return { name: bounded(line.slice(start, start + end.index)), ...state };
}

function toState(words: string): Pick<ProcessStatus, "state" | "words"> {
  const state = states.find(({ pattern }) => pattern.test(words))?.state;
  return state === undefined ? { state: "unknown", words: bounded(words) } : { state };
}

const states: readonly { readonly pattern: RegExp; readonly state: ProcessStatus["state"] }[] = [
  { pattern: /^is running\b/i, state: "running" },
  { pattern: /^is stopped\b/i, state: "stopped" },
  { pattern: /^is unavailable\b/i, state: "unavailable" },
  { pattern: /^is (?:in a )?degraded\b/i, state: "degraded" },
  { pattern: /^is in an error\b/i, state: "error" },
  { pattern: /^is synchronizing\b/i, state: "synchronizing" },
  { pattern: /^is decommissioning\b/i, state: "decommissioning" },
];

function withoutStop(words: string): string {
  return words.endsWith(".") ? words.slice(0, -1) : words;
}

/** tsm's own words as a person may see them: no control characters (see {@link cleanLines}), and no more than a line holds. */
function bounded(words: string): string {
  return words.length <= longest ? words : `${words.slice(0, longest - 1)}…`;
}

const longest = 100;
