import type { CallAnswer } from "./call";
import { answerLines, listLines, type Line } from "./clean-lines";

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
 * Reads `tsm jobs list`, whose layout is not documented: rows with a job's number, type and status, or a group of lines for
 * each job. A status counts only together with a number or a type, so that headers and sentences are no jobs.
 */
export function parseJobs(answer: CallAnswer): Jobs {
  const lines = answerLines(answer);
  // Beside a list, standard error is noise, but for a row of a job by number and type.
  const beside = listLines(answer.stdout).length > 0 ? readJobs(listLines(answer.stderr)) : [];
  const jobs = [...readJobs(lines), ...beside.filter(({ id, type }) => id !== undefined && type !== undefined)];
  const saysNone = lines.some((line) => /\bjobs?\b/i.test(line.text.slice(afterNo(line.text))));
  const hasNoNumber = lines.every((line) => !/\d/.test(line.text));
  return { jobs, readable: answer.exit === 0 && (jobs.length > 0 || saysNone || hasNoNumber) };
}

function afterNo(text: string): number {
  const found = /\bno\b/i.exec(text);
  return found === null ? text.length : found.index + found[0].length;
}

/** A line with a status and a number or type is a job; else lines add up to one until a gap, or until one of the three comes again. */
function readJobs(lines: readonly Line[]): readonly Job[] {
  const jobs: Job[] = [];
  let facts: Facts = {};
  const finish = (): void => {
    for (const job of toJob(facts)) jobs.push(job);
    facts = {};
  };
  for (const [index, line] of lines.entries()) {
    const found = factsOf(line.text);
    const afterGap = line.number - (lines[index - 1]?.number ?? line.number) > 1;
    if (afterGap || separator.test(line.text) || toJob(found).length > 0 || factNames.some((name) => name in found && name in facts)) {
      finish();
    }
    facts = { ...facts, ...found };
    if (toJob(found).length > 0) {
      finish();
    }
  }
  finish();
  return jobs;
}

interface Facts {
  readonly id?: string;
  readonly type?: string;
  readonly word?: string;
}

const factNames = ["id", "type", "word"] as const;
const separator = /^[\s\-=_*{}[\],+|]*$/;

function factsOf(text: string): Facts {
  // One blank for many: patterns with several places for any number of them would try each way to share them out.
  const line = text.replace(/\s+/g, " ");
  const word = finalStatus.exec(line)?.[1] ?? activeStatus.exec(line)?.[1];
  const type = /\b([A-Za-z]{3,}Job)\b/.exec(line)?.[1];
  const id = labelledId.exec(line)?.[1] ?? (otherLabel.test(line) ? undefined : bareId.exec(line)?.[1]);
  return { ...(id === undefined ? {} : { id }), ...(type === undefined ? {} : { type }), ...(word === undefined ? {} : { word }) };
}

const labelledId = /\bid["']? ?(?:is)? ?[:=#]? ?[<[('"]*(\d{1,9})\b/i;
/** A number that is no part of a date, a time or a percentage. */
const bareId = /(?:^|[\s|'"[(#<;,])(\d{1,9})(?=$|[\s|'",;)\]>.:])(?![:.-]\d)/;
const otherLabel = /^[ "'*-]*[A-Za-z][A-Za-z ]*["']? ?[:=]/;
const finalStatus = /\b(succeeded|failed|cancell?ed)\b(?!["']?\s*[:=])/i;
/** "Created:" and "Created at" are labels of a time. */
const activeStatus = /\b(created|queued|running)\b(?!["']?\s*[:=])(?! (?:at|on|by|time|date)\b)/i;

function toJob({ id, type, word }: Facts): readonly Job[] {
  if (word === undefined || (type === undefined && id === undefined)) {
    return [];
  }
  return [{ ...(id === undefined ? {} : { id }), ...(type === undefined ? {} : { type }), status: toStatus(word), word }];
}

function toStatus(word: string): Job["status"] {
  const lower = word.toLowerCase();
  if (lower === "succeeded" || lower === "failed") {
    return lower;
  }
  return lower.startsWith("cancel") ? "cancelled" : "active";
}
