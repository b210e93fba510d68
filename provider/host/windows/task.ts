import type { WindowsMachine } from "./machine";

/** What a script has to do on a Windows machine, and where its answer goes. */
export interface WindowsTask {
  readonly machine: WindowsMachine;
  /** The script's standard input: the bytes given for a run, what is written to it for a session. */
  readonly input: AsyncIterable<Buffer>;
  /** Adds one record to the answer. */
  readonly emit: (key: string, ...fields: string[]) => void;
}

/**
 * A script for a Windows machine: it does with files and command lines what the text for sh does, and answers with the same
 * records. What it throws as {@link ScriptEnd} ends it with that exit status.
 */
export type WindowsScript = (task: WindowsTask) => Promise<void>;

/** Ends a script, as `exit` does in sh. */
export class ScriptEnd extends Error {
  constructor(readonly status: number) {
    super(`exit ${String(status)}`);
  }
}
