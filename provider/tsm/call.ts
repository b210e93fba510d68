import type { Secret } from "../vocabulary/secret";

/** One call of the tsm program: what to run and how to treat what it prints. */
export interface Call {
  /** What errors name, such as "tsm status -v". Never holds a user name or a password. */
  readonly name: string;
  /** The arguments, without the program. */
  readonly args: readonly string[];
  /** "values": what it prints may hold values of configuration keys, which may be secrets, so no error repeats it. */
  readonly prints: "facts" | "values";
  /**
   * Whether the calls after it still run when it exits with another status than 0. "stop-if-busy": they run only where what it
   * prints is a list of jobs that have all ended, as far as `allEnded` knows.
   */
  readonly onFailure: "go-on" | "stop" | "stop-if-busy";
  /** "lines": each line of its output is reported as it comes. */
  readonly output: "whole" | "lines";
  /** Text of the file that {@link settingsFile} among the arguments stands for. Of the calls of one script one may have it. */
  readonly file?: Secret;
}

/** Stands among the arguments for a file that only the user who runs tsm can read, and that is removed after the call. */
export const settingsFile = "SETTINGS-FILE";

/** What one call printed and how it ended. */
export interface CallAnswer {
  readonly node: string;
  readonly call: Call;
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}
