import type { CallAnswer } from "./call";
import { cleanLines } from "./clean-lines";

export interface Job {
  readonly id?: string;
  /** Such as "RestartServerJob". */
  readonly type?: string;
  readonly status: "active" | "succeeded" | "failed" | "cancelled";
  /** The status as tsm prints it. */
  readonly word: string;
}

/** `readable` is false if there is text in which no job and no "no jobs" was found, or if the call failed. */
export interface Jobs {
  readonly jobs: readonly Job[];
  readonly readable: boolean;
}

/**
 * Reads `tsm jobs list`, whose layout is not documented: rows with a job's number, type and status, or a block of lines for
 * each job. A status counts only together with a number or a type, so that headers and sentences are no jobs.
 */
export function parseJobs(answer: CallAnswer): Jobs {
  const lines = [...cleanLines(answer.stdout), ...cleanLines(answer.stderr)].map((line) => line.text.trim());
  const rows = lines.flatMap((line) => readJob([line]));
  const jobs = rows.length > 0 ? rows : blocksOf(answer.stdout).flatMap(readJob);
  const saysNone = lines.some((line) => /\bno\b.*\bjobs?\b/i.test(line));
  const nothing = lines.every((line) => !/\d/.test(line));
  return { jobs, readable: answer.exit === 0 && (jobs.length > 0 || saysNone || nothing) };
}

/** Groups of lines between empty lines, lines of dashes and brackets. */
function blocksOf(text: string): readonly (readonly string[])[] {
  return text
    .split(/(?:\r?\n|\r)(?:[\s\-=_*{}[\],]*(?:\r?\n|\r))+/)
    .map((block) => cleanLines(block).map((line) => line.text.trim()))
    .flatMap(splitAtRepeatedLabel);
}

/** Blocks that follow each other without a gap begin where the first label comes again. */
function splitAtRepeatedLabel(lines: readonly string[]): readonly (readonly string[])[] {
  const label = (line: string): string | undefined => /^["'\-*\s]*([\w ]+?)["']?\s*[:=]/.exec(line)?.[1]?.toLowerCase();
  const first = label(lines[0] ?? "");
  const blocks: string[][] = [];
  for (const line of lines) {
    const current = blocks.at(-1);
    if (current === undefined || (first !== undefined && label(line) === first)) {
      blocks.push([line]);
    } else {
      current.push(line);
    }
  }
  return blocks;
}

function readJob(lines: readonly string[]): readonly Job[] {
  const text = lines.join("\n");
  const word = finalStatus.exec(text)?.[1] ?? activeStatus.exec(text)?.[1];
  const type = /\b([A-Za-z]{3,}Job)\b/.exec(text)?.[1];
  const id = idLabel.exec(text)?.[1] ?? /(?:^|[\s|'"[(#])(\d{1,9})(?=$|[\s|'",;)\].:])(?![:.-]\d)/m.exec(text)?.[1];
  if (word === undefined || (type === undefined && id === undefined)) {
    return [];
  }
  return [{ ...(id === undefined ? {} : { id }), ...(type === undefined ? {} : { type }), status: toStatus(word), word }];
}

const idLabel = /\bid["']?\s*(?:is)?\s*[:=#]?\s*["']?(\d{1,9})\b/i;
const finalStatus = /\b(succeeded|failed|cancell?ed)\b(?!["']?\s*[:=])/i;
/** "Created:" and "Created at" are labels of a time. */
const activeStatus = /\b(created|queued|running)\b(?!["']?\s*[:=])(?! (?:at|on|by|time|date)\b)/i;

function toStatus(word: string): Job["status"] {
  const lower = word.toLowerCase();
  if (lower === "succeeded" || lower === "failed") {
    return lower;
  }
  return lower.startsWith("cancel") ? "cancelled" : "active";
}
