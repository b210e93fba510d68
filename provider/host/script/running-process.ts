import type { Readable, Writable } from "node:stream";
import type { SessionKind } from "./session-gate";

/** How a process on a node ended. `lost`: it may still be running, nobody can tell. */
export type ProcessEnd =
  | { readonly kind: "exited"; readonly status: number }
  | { readonly kind: "killed"; readonly signal: string }
  | { readonly kind: "lost"; readonly reason: string };

/** A shell that runs one script: a child process of this one, or an exec channel. */
export interface RunningProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Resolves after the last byte of both outputs; never rejects. */
  readonly ended: Promise<ProcessEnd>;
  /** Gives it up: closes the channel or kills the shell. Harmless after its end. */
  stop(): void;
}

/** A process that may be given something further to do. */
export interface KeepableProcess extends RunningProcess {
  /** Nothing runs in it now. It keeps neither this program alive nor a place that others want: it is ended for them. */
  rest(): void;
  /** Takes it out of its rest. "gone": it has ended, or is about to. */
  wake(): "ready" | "gone";
  /** Ends its standard input, and gives it up where it does not end with that. */
  dismiss(): void;
}

/** Starts a command string, for a run or for a session that stays open. Rejects with a TableauError if the node cannot be reached. */
export type StartProcess<P extends RunningProcess = RunningProcess> = (command: string, kind: SessionKind) => Promise<P>;
