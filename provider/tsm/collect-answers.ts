import { asked, count, longText, phrase } from "../host/fields";
import { type Lines, many, maybe } from "../host/reply";
import { cleanLines } from "./clean-lines";
import { isRemark } from "./noise";
import type { Call, CallAnswer } from "./call";

/** What tsm's script may answer; see script.ts. */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- what it returns is the declaration
export function tsmReply(calls: readonly Call[]) {
  const call = asked(calls.map((_, index) => String(index)));
  const printed = { call, text: longText(4 * 1024 * 1024) };
  return {
    missing: maybe({ place: phrase(4096) }),
    unauthorised: maybe({ user: phrase(256) }),
    unwritten: maybe({ words: phrase(4096) }),
    "printf-external": maybe({}),
    program: maybe({ path: phrase(4096) }),
    settings: maybe({ text: longText(16_384) }),
    stdout: many(calls.length, printed, ["call"]),
    stderr: many(calls.length, printed, ["call"]),
    line: many(50_000, { call, text: longText(64 * 1024) }),
    exit: many(calls.length, { call, status: count(2 ** 32) }, ["call"]),
    busy: maybe({ call }),
  };
}

export type TsmLines = Lines<ReturnType<typeof tsmReply>>;

/** What the lines of tsm's script tell. */
export interface Collected {
  readonly answers: readonly CallAnswer[];
  readonly missingAt: string | undefined;
  readonly unauthorisedUser: string | undefined;
  readonly printfExternal: boolean;
  /** Why the file that tsm was to read could not be written. */
  readonly unwritten: string | undefined;
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

/** Puts the lines of one run together, call by call; a call without a line `exit` did not run or was not seen to its end. */
export function collectAnswers(lines: TsmLines, sent: Sent): Collected {
  const printed = (text: string): string => (sent.prompted === "yes" ? withoutQuestion(text) : text);
  const textOf = (kind: "stdout" | "stderr" | "line", index: number): string => {
    const own = lines[kind].filter(({ call }) => call === String(index));
    return printed(own.map(({ text }) => text).join("\n"));
  };
  const answers: CallAnswer[] = [];
  for (const [index, call] of sent.calls.entries()) {
    const exit = lines.exit.find((line) => line.call === String(index));
    if (exit === undefined) break;
    const stdout = textOf(call.output === "lines" ? "line" : "stdout", index);
    answers.push({ node: sent.node, call, stdout, stderr: textOf("stderr", index), exit: exit.status });
  }
  const {
    program: [program],
    settings: [settings],
  } = lines;
  return {
    answers,
    located: program === undefined || settings === undefined ? undefined : { path: program.path, found: settings.text },
    missingAt: lines.missing[0]?.place,
    unauthorisedUser: lines.unauthorised[0]?.user,
    printfExternal: lines["printf-external"].length > 0,
    unwritten: lines.unwritten[0]?.words,
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
