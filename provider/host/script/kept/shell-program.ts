import answerFunctions from "../answer-functions.sh";
import { argumentSetup } from "../argument-setup";
import { asCommandArgument } from "../command-string";
import type { Script } from "../../host";
import { quoteArgv } from "../../../vocabulary/shell-words";
import runScript from "./run-script.sh";

/**
 * What turns a shell whose first script has ended (script-prelude.ts) into one that reads its program from standard input.
 *
 * `pt_run NONCE INPUT TEXT ARGUMENT...` runs one script. Its text is data until `eval`, in a subshell whose standard input is not
 * the program: nothing in it, no quote left open either, reaches beyond its own end. Where the text cannot even be parsed, the
 * shell itself ends. Nothing may ask for the status of `pt_run` or of what is in it (`||`, `if`): a script's `set -e` would be ignored.
 */
export const startProgram = `go\n${answerFunctions}${runScript}`;

/**
 * What runs a further script in such a shell, with a text as its standard input. Where the connection is lost in the middle of it, the
 * shell sees the end of a command without its last arguments, and would run that: not where a brace is missing.
 */
export function nextProgram(script: Pick<Script, "linux" | "args">, nonce: string, input: string): string {
  const text = `${argumentSetup(script.args)}\n${script.linux}`;
  return `{ ${quoteArgv(["pt_run", nonce, input, text, ...script.args.map(asCommandArgument)])}; }\n`;
}
