import { cleanLines } from "./clean-lines";
import { tokensOf, isKeyLike, isOurKey } from "./key-token";
import { isRemark } from "./noise";
import { isProgress } from "./parse-progress";

/** What the output of a long job tells of its end. */
export interface JobOutput {
  /** The job's number on the controller, once it was started. */
  readonly id: string | undefined;
  /**
   * `deployed`: the sentence of a successful deployment. `declined`: tsm did not start, to spare a restart. `complained`: it speaks
   * of something that cannot be done or failed.
   */
  readonly said: "deployed" | "declined" | "complained" | "nothing";
  /** The last lines, without any that could hold the value of a key. */
  readonly text: string;
}

/** Reads what `pending-changes apply`, `restart` and `jobs reconnect` print. */
export function parseJobOutput(output: string): JobOutput {
  const lines = cleanLines(output).map((line) => line.text.trim());
  return {
    id: lines.flatMap((line) => /^job id is '?(\d+)'?/i.exec(line)?.[1] ?? []).at(-1),
    said: said(lines),
    text: lines.slice(-10).map(withoutValues).join("\n"),
  };
}

function said(lines: readonly string[]): JobOutput["said"] {
  if (lines.some((line) => /^cancell?ing job to avoid restarting server\b/i.test(line))) {
    return "declined";
  }
  if (lines.some((line) => /^successfully deployed nodes with updated configuration and topology version\b/i.test(line))) {
    return "deployed";
  }
  return lines.some((line) => !isProgress(line) && !isRemark(line) && complaint.test(line)) ? "complained" : "nothing";
}

const complaint =
  /\b(?:cannot|can't|can not|could not|couldn't|unable|fail(?:ed|ure)?|error|exception|refused|denied|another (?:job|operation))\b/i;

/** Error texts of a failing job are not documented: quoted parts and lines with other keys or assignments are left out. */
function withoutValues(line: string): string {
  if (isProgress(line)) {
    return line;
  }
  if (line.includes("=") || tokensOf(line).some((token) => isKeyLike(token) && !isOurKey(token))) {
    return "(a line that may hold the value of a key)";
  }
  return line.replace(/(["'`]).*\1/g, "$1…$1").slice(0, 300);
}
