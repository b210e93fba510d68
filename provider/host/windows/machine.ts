import type { Secret } from "../../vocabulary/secret";
import type { HostCounts } from "../counts";
import type { Waits } from "../limits";
import type { StartProcess } from "../script/running-process";
import { hashFiles } from "./hash-files";
import type { WindowsFiles } from "./files";
import { holdFile, type HeldFile } from "./hold-file";
import { listProcesses, type SeenProcesses } from "./list-processes";
import type { Surroundings } from "./probe";
import { type CommandResult, runLine } from "./run-line";

export interface LineOptions {
  /** For standard input, which then ends. */
  readonly input?: Secret;
  /** Gets each line of both outputs as it comes. */
  readonly onLine?: (line: string) => void;
}

export interface MachineParts {
  readonly node: string;
  readonly files: WindowsFiles;
  readonly start: StartProcess;
  readonly surroundings: Surroundings;
  readonly counts: HostCounts;
  readonly waits: Waits;
  /** Aborted when nobody waits for the work any more. */
  readonly signal: AbortSignal;
}

/** A Windows machine, reached over SSH or this one: its files, and command lines of cmd.exe. */
export class WindowsMachine {
  readonly node: string;
  readonly files: WindowsFiles;
  readonly #parts: MachineParts;

  constructor(parts: MachineParts) {
    this.node = parts.node;
    this.files = parts.files;
    this.#parts = parts;
  }

  /** Value of an environment variable that begins with one of the names the machine was asked for (probe.ts). */
  environment(name: string): string | undefined {
    return this.#parts.surroundings.environment.get(name.toUpperCase());
  }

  /** Runs one line of cmd.exe, which is at most 8,000 characters long; see cmdLine for how to write one. */
  async run(line: string, options: LineOptions = {}): Promise<CommandResult> {
    return await runLine(this.#parts, line, options);
  }

  /** SHA-256 of each file, in hex; null: it cannot be read. */
  async digests(paths: readonly string[]): Promise<readonly (string | null)[]> {
    return await hashFiles(this, paths);
  }

  /** The machine's clock and its running processes of the given names; null: it does not tell. */
  async processes(names: readonly string[]): Promise<SeenProcesses | null> {
    return await listProcesses((line) => this.run(line), names);
  }

  /** Opens a file so that nobody else can open it for writing, until it is let go; null: somebody else has it open. */
  async hold(path: string): Promise<HeldFile | null> {
    return await holdFile(this.#parts, path);
  }
}
