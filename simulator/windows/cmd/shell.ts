import type { WindowsFiles } from "../files/windows-files";
import type { Streams } from "./streams";
import type { Variables } from "./variables";

/** What one cmd.exe has of its own. */
export interface Shell {
  readonly variables: Variables;
  /** The current folder, such as `C:\Users\Administrator`. */
  folder: string;
  errorLevel: number;
  /** The console's code page. */
  codePage: number;
  readonly files: WindowsFiles;
  /** What a file in System32, or another program of the node, does; by its name in lower case. */
  readonly programs: Readonly<Record<string, Program>>;
}

export interface ProgramCall {
  /** The program's own path. */
  readonly path: string;
  readonly args: readonly string[];
  readonly shell: Shell;
  readonly streams: Streams;
}

/** A program of the node: gives its exit status. */
export type Program = (call: ProgramCall) => number | Promise<number>;
