/** What `tsm jobs list` printed, and its exit status. */
export interface ListOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

/**
 * Whether `tsm jobs list` surely shows no job that is still to end. The layout is not documented, so only what is understood to the last word counts: a sentence that there are none, or rows of numbers with one type and one final status each,
 * below a header. Everything else, an empty list too, is left to {@link parseJobs} to read and to follow. Standard error is noise, unless
 * it may name a job.
 *
 * The shell's form of it is `all_ended` in script.ts.
 */
export function allEnded({ stdout, stderr, status }: ListOutput): boolean {
  const lines = linesOf(stdout);
  return (
    status === 0 &&
    !stderr.includes("Job") &&
    lines.length > 0 &&
    lines.every((line) => saysNone.test(line) || isHeader(line) || isEnded(line))
  );
}

const saysNone = /^(?:There are no|No)(?: running)? jobs\.$/;
const headings: ReadonlySet<string> = new Set(["Id", "ID", "Job", "Type", "Status"]);
const final = /^(?:Succeeded|Failed|Cancelled|Canceled|SUCCEEDED|FAILED|CANCELLED|CANCELED)$/;

function isHeader(line: string): boolean {
  return !/[\d:]/.test(line) && wordsOf(line).every((word) => headings.has(word));
}

function isEnded(line: string): boolean {
  // A colon belongs to a time; elsewhere it makes a label, and who knows of what.
  if (/(?<!\d):|:(?!\d)/.test(line)) return false;
  const words = wordsOf(line);
  const types = words.filter((word) => /^[A-Za-z]+Job$/.test(word)).length;
  return /\d/.test(line) && words.length === 2 && types === 1 && words.some((word) => final.test(word));
}

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

function wordsOf(line: string): string[] {
  return line.split(/[-0-9 |,;:./]/).filter((word) => word !== "");
}
