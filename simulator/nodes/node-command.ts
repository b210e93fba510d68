import type { Readable, Writable } from "node:stream";

/** How a command ended. */
export type CommandEnd = { readonly status: number } | { readonly signal: string };

/** A command line that runs on a machine. */
export interface NodeCommand {
  /** Resolves when the machine holds the other ends of the streams. Before that none may be closed. */
  readonly started: Promise<void>;
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly ended: Promise<CommandEnd>;
  signal(name: string): void;
}

/** Starts a command line as a user, as an ssh server does. */
export type StartCommand = (user: string, commandLine: string, umask: string) => NodeCommand;
