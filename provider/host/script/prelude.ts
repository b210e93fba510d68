import answerFunctions from "./answer-functions.sh";
import { argumentSetup } from "./argument-setup";
import environment from "./environment.sh";
import type { Script } from "../host";

/** What a shell does when its script has ended. */
export type ShellEnd = "ends with it" | "goes on";

/** What every mark and record of one answer begins with; the nonce tells it from anything else that is printed. */
export function markStart(nonce: string): string {
  return `<<pulumi-tableau ${nonce} `;
}

/**
 * The text that is really run on the node for a script.
 *
 * The answer is `MARK begin>>`, then one `MARK LENGTH>>TAB KEY TAB FIELD...` per record, then `MARK end STATUS>>`,
 * where MARK is {@link markStart} and LENGTH counts the bytes after `>>`, so that a record with noise inside is noticed.
 * Nothing else is part of it. Functions for the script:
 *
 * - `emit KEY FIELD...` prints one record. A field of printable ASCII goes as it is; one of several lines as `0|` and its
 *   lines with a `|` between them; any other as `0x` and its bytes in hex, which costs three processes.
 * - `encode TEXT` sets `$pt_e` to the encoded text.
 *
 * The marks are never spelled out in this text: a shell or a log that echoes the command prints no mark.
 * The script runs in a subshell, so its `exit`, `set -e` and traps end it and the end mark follows all the same.
 *
 * A shell that goes on keeps its standard input for itself and marks the end of standard error too. At the first line there it
 * becomes one that reads its program from there (shell-program.ts); at the end of its input it ends.
 */
export function wrapScript(script: Pick<Script, "linux" | "args">, nonce: string, shell: ShellEnd): string {
  const body = `pt_mark begin\n(\n:\n${script.linux}\n)`;
  return `${environment}pt_n=${nonce}\n${answerFunctions}${argumentSetup(script.args)}\n${body}${afterwards[shell]}`;
}

const afterwards: Readonly<Record<ShellEnd, string>> = {
  "ends with it": `\npt_s=$?\npt_mark "end $pt_s"\nexit "$pt_s"\n`,
  // POSIX's read takes no byte beyond its line: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/read.html
  "goes on": ` </dev/null\npt_s=$?\npt_mark "end $pt_s" >&2\npt_mark "end $pt_s"\nread -r pt_go && exec sh\nexit "$pt_s"\n`,
};
