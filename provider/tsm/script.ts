import type { Call } from "./call";
import way from "../host/way.sh";
import installation from "./installation.sh";
import runCalls from "./run-calls.sh";

/** What the script needs besides the calls. */
export interface ScriptSettings {
  /** Path of tsm, or empty: look for it. */
  readonly path: string;
  /** "line": the first line of standard input is the password, and every call gets it on its standard input. */
  readonly password: "line" | "none";
  /** What to do when the user who runs the script is neither root nor a member of `tsmadmin`: try all the same, or run nothing. */
  readonly unauthorised: "try" | "leave";
  /** Where the file system begins: empty but in tests. */
  readonly root: string;
  /** "rest": what is left of standard input is the text of the file that {@link settingsFile} stands for. */
  readonly file: "rest" | "none";
  /** What an earlier script of this run found out with `path`, as its record `settings` tells it; empty: nothing yet. */
  readonly found: string;
}

/**
 * Positional parameters of {@link tsmScript}: the settings, then each call as the number of its arguments, `lines` or `whole`,
 * `stop`, `stop-if-busy` or `go-on`, and the arguments.
 */
export function scriptArgs(settings: ScriptSettings, calls: readonly Call[]): readonly string[] {
  const ofCalls = calls.flatMap((call) => [String(call.args.length), call.output, call.onFailure, ...call.args]);
  return [settings.path, settings.password, settings.unauthorised, settings.root, settings.found, settings.file, ...ofCalls];
}

/**
 * Finds tsm and runs calls one after the other. Records, with the number of the call from 0:
 *
 * - `missing PLACE`: there is no tsm there; nothing was run.
 * - `unauthorised USER`: this user may not use tsm; nothing was run.
 * - `unwritten WORDS`: the file could not be written; nothing was run.
 * - `printf-external`: this shell would show the password in a process list; nothing was run.
 * - `program PATH`: the tsm that was found, and `settings TEXT`: its environment, for scripts that need not look for it again.
 * - `stdout N TEXT`, `stderr N TEXT`: what a call printed, or `line N TEXT` for each line of both, as it comes.
 * - `exit N STATUS`: how it ended. A call without this record was not run or not seen to its end.
 * - `busy N`: the calls after this one were not run, since it does not show that no job runs.
 *
 * No answer is written to a file, because it can hold secrets: standard error is caught by a command substitution, standard output
 * by another one around it. What tsm takes only from a file lies in a folder that this user alone can enter, until the script ends.
 */
export const tsmScript = way + installation + runCalls;
