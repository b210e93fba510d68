import type { AnswerRecord } from "../host/host";
import { cleanLines } from "./clean-lines";
import { isRemark } from "./noise";
import type { Call, CallAnswer } from "./call";

/** What the records of tsm's script tell. */
export interface Collected {
  readonly answers: readonly CallAnswer[];
  readonly missingAt: string | undefined;
  readonly unauthorisedUser: string | undefined;
  readonly printfExternal: boolean;
  /** The tsm that was found, with its settings; absent: it was known, or there is none. */
  readonly located: Located | undefined;
}

/** Where tsm is and its environment, in the form in which the script takes it. */
export interface Located {
  readonly path: string;
  readonly found: string;
}

export interface Sent {
  readonly node: string;
  readonly calls: readonly Call[];
  /** Whether tsm was given a password, and so may have printed its question before its answer. */
  readonly prompted: "yes" | "no";
}

/** Puts the records of one run together, call by call; a call without an `exit` record did not run or was not seen to its end. */
export function collectAnswers(records: readonly AnswerRecord[], sent: Sent): Collected {
  const textOf = (key: string, index: number): string | undefined =>
    records.find((record) => record[0] === key && record[1] === String(index))?.[2];
  const linesOf = (index: number): string =>
    records.flatMap((record) => (record[0] === "line" && record[1] === String(index) ? [record[2] ?? ""] : [])).join("\n");
  const printed = (text: string): string => (sent.prompted === "yes" ? withoutQuestion(text) : text);

  const answers: CallAnswer[] = [];
  for (const [index, call] of sent.calls.entries()) {
    const exit = textOf("exit", index);
    if (exit === undefined || !/^\d+$/.test(exit)) {
      break;
    }
    const stdout = call.output === "lines" ? linesOf(index) : (textOf("stdout", index) ?? "");
    answers.push({ node: sent.node, call, stdout: printed(stdout), stderr: printed(textOf("stderr", index) ?? ""), exit: Number(exit) });
  }
  const path = records.find(([key]) => key === "program")?.[1];
  const found = records.find(([key]) => key === "settings")?.[1];
  return {
    answers,
    located: path === undefined || found === undefined ? undefined : { path, found },
    missingAt: records.find(([key]) => key === "missing")?.[1],
    unauthorisedUser: records.find(([key]) => key === "unauthorised")?.[1],
    printfExternal: records.some(([key]) => key === "printf-external"),
  };
}

/** A question is not ended by a line end, so the answer begins on the same line. Only noise and tsm's own sentence come before it. */
function withoutQuestion(text: string): string {
  let at = 0;
  for (let end = text.indexOf("\n"); end >= 0 && isBeforeQuestion(text.slice(at, end)); end = text.indexOf("\n", at)) at = end + 1;
  return text.slice(0, at) + text.slice(at).replace(/^(?:Logging in as user[^\r\n]*\r)?Password: ?(?:\r?\n|\r)?/, "");
}

function isBeforeQuestion(line: string): boolean {
  return cleanLines(line).length === 0 || isRemark(line);
}
