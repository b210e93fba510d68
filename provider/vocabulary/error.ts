import { printable } from "./printable";

/**
 * Every reason for which this package stops. A program may switch on it: the codes are part of the public API.
 *
 * The first word of a code names the room it comes from: the package file, its signature, a host, tsm, or the plan.
 */
export type ErrorCode =
  | "argument-invalid"
  | "package-not-direct"
  | "package-unreadable"
  | "package-refused"
  | "source-unavailable"
  | "digest-mismatch"
  | "trust-store-unreadable"
  | "trust-store-not-found"
  | "host-unreachable"
  | "host-key-unknown"
  | "host-key-mismatch"
  | "host-login-refused"
  | "host-privilege-refused"
  | "host-connection-lost"
  | "host-answer-unreadable"
  | "host-command-failed"
  | "host-timeout"
  | "host-disk-full"
  | "host-read-only"
  | "host-folder-unsafe"
  | "tsm-not-found"
  | "tsm-unreachable"
  | "tsm-login-refused"
  | "tsm-answer-unreadable"
  | "tsm-command-failed"
  | "tsm-job-timeout"
  | "lock-held"
  | "record-unreadable"
  | "state-unreadable"
  | "plan-refused"
  | "activation-failed"
  | "rollback-failed"
  | "simulator-failed";

/** What an error tells. */
export interface TableauErrorDetails {
  /** What went wrong, where, what was expected and what was found: one or more full sentences. */
  readonly message: string;
  /** What to do next: a full sentence. */
  readonly next: string;
  /** Name of the node it happened on, if it happened on one. */
  readonly node?: string;
  /** The error below this one. */
  readonly cause?: unknown;
}

/** The one error class of this package. Its message is what, where, expected and got, then the next thing to do. */
export class TableauError extends Error {
  /** Always "TableauError". */
  override readonly name = "TableauError";
  /** Why, for a program to switch on. */
  readonly code: ErrorCode;
  /** What to do next: a full sentence. */
  readonly next: string;
  /** Name of the node it happened on; undefined: on none. */
  readonly node: string | undefined;

  constructor(code: ErrorCode, details: TableauErrorDetails) {
    const where = details.node === undefined ? "" : `[${details.node}] `;
    // Names, words of programs and of other machines stand in what errors tell: here they all pass.
    super(printable(shortened(`${where}${details.message} ${details.next}`)), { cause: details.cause });
    this.code = code;
    this.next = printable(shortened(details.next));
    this.node = details.node;
  }
}

// More than anybody reads, and than any list of names of ours is long.
const longest = 20_000;

/** A text whose end tells what to do: where a name of another machine makes it longer than anybody reads, its middle goes. */
function shortened(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 2000)} … ${text.slice(-2000)}`;
}
