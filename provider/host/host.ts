import type { Secret } from "../vocabulary/secret";
import type { Implementations, Platform } from "./platform";

/** Who runs a script on the node: the user who logged in, or (where privilege is "sudo") root through `sudo -n`. */
export type RunAs = "login" | "privileged";

/**
 * One phase of work on a node, which answers with records. The host runs the implementation for its node's platform.
 *
 * The text for sh is wrapped with a prelude (see script/prelude.ts) that marks where its answer begins and ends and offers
 * `emit KEY FIELD...`, which prints one record. Whatever else lands on standard output (login banners, `.bashrc`,
 * sudo's lecture) is outside the marks or is no record, and is ignored.
 */
export interface Script extends Implementations {
  /** A short name for errors and counts, such as "observe" or "place". */
  readonly name: string;
  /** $1, $2, ... of the text for sh: always data, never text of the script. Implementations that are functions have theirs bound. */
  readonly args: readonly string[];
  readonly as: RunAs;
  /** Bytes for standard input; absent: standard input is empty. A Secret is sent as its value and printed redacted. */
  readonly input?: Buffer | Secret | AsyncIterable<Buffer>;
  /** The script is given up after so many seconds; it may still be running on the node then. */
  readonly timeoutSeconds: number;
  /** `kept`, the default: in the answer. `handed on`: only to whoever hears of them as they come. */
  readonly records?: "kept" | "handed on";
  /** How much memory the records of the answer may take here, in bytes; default: see limits.ts. */
  readonly mostHeld?: number;
}

/** A script for a node that has a shell: everything but what other platforms run. */
export type ShellScript = Omit<Script, Exclude<Platform, "linux">>;

/** One record of an answer: the key and then its fields, decoded. */
export type AnswerRecord = readonly [key: string, ...fields: string[]];

export interface Answer {
  readonly records: readonly AnswerRecord[];
  /** Exit status of the script itself. */
  readonly status: number;
  /** The last lines of standard error, control characters escaped. */
  readonly errorText: string;
}

/** A script that goes on running, such as the holder of a lock. */
export interface Session {
  /** The records as they come; ends when the script ends or the connection is lost. */
  records(): AsyncIterableIterator<AnswerRecord>;
  write(bytes: Buffer): void;
  /** Ends standard input and waits for the script to end. Calling it twice is harmless. */
  close(): Promise<void>;
  /** Resolves when the script has ended or the connection is lost, whatever the reason. */
  readonly closed: Promise<void>;
}

/** A node of the cluster: this machine, or one reached over SSH. */
export interface Host {
  /** The node's name as the program gives it. */
  readonly node: string;
  /**
   * Runs one script to its end.
   *
   * @throws TableauError (host-*) if the node cannot be reached, refuses the login or sudo, is too slow, or if the
   * answer is cut or unreadable. A script's own non-zero exit status is no error here: it is in the answer.
   */
  run(script: Script, onRecord?: (record: AnswerRecord) => void): Promise<Answer>;
  /** Resolves when the node is reached, so that who has something to ask may wait and ask it together with others. Absent: it always is. */
  ready?(): Promise<void>;
  /**
   * Says that a script of this user comes soon: what it needs starts now, if it is not there. A failure is that script's to tell.
   * Absent: nothing can be started ahead.
   */
  prepare?(as: RunAs, timeoutSeconds: number): void;
  /** Starts a script that goes on running; its `timeoutSeconds` limits only the wait for its first mark. */
  open(script: Script): Promise<Session>;
}

/** How to reach one node, everything resolved. Times are in seconds. */
export interface NodeAddress {
  readonly name: string;
  /** Absent: this machine. */
  readonly connection?: Connection;
  readonly privilege: "sudo" | "none";
  /** What the node must be. Absent: whatever it is. */
  readonly platform?: Platform;
}

/** One SSH endpoint. Names and defaults are those of `@pulumi/command`'s `ConnectionArgs`, with the host key always checked. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password?: Secret;
  /** PEM text of a private key. */
  readonly privateKey?: Secret;
  /** Path of a private key file, read when the connection opens: so the key stays out of state. */
  readonly privateKeyPath?: string;
  readonly privateKeyPassword?: Secret;
  readonly agentSocketPath?: string;
  readonly dialErrorLimit: number;
  readonly perDialTimeout: number;
  /** An authorized_keys line. Absent: the user's known_hosts decides. */
  readonly hostKey?: string;
}

export interface Connection extends Endpoint {
  /** A jump host. */
  readonly proxy?: Endpoint;
}
