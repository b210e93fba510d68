import type { KeyName } from "../vocabulary/keys";
import type { Secret } from "../vocabulary/secret";

/**
 * What `tsm configuration get` says of a key.
 *
 * `unset`: the server knows the key and it has no value. `unknown`: "Unknown key", which a server may say of a forced
 * key although it is set, so the record of what was applied decides.
 */
export type KeyAnswer = { readonly kind: "value"; readonly value: string } | { readonly kind: "unset" } | { readonly kind: "unknown" };

export type ClusterStatus = "RUNNING" | "DEGRADED" | "ERROR" | "STOPPED" | "unknown";

export interface ProcessStatus {
  readonly node: string;
  /** As tsm prints it: "Tableau Server VizQL Server 0". */
  readonly name: string;
  readonly state: "running" | "stopped" | "unavailable" | "degraded" | "error" | "synchronizing" | "decommissioning" | "unknown";
  /** What tsm says of it, such as "is unlicensed", where the state is `unknown`. */
  readonly words?: string;
}

/** What is pending on the controller, without any value: values may be secrets. */
export interface PendingChanges {
  /** Keys of ours, and of {@link Tsm.watch}, among the pending configuration changes. */
  readonly ours: readonly string[];
  /** Other pending configuration changes: a key's name where it can be told safely, else "(a name that cannot be told)". */
  readonly othersChanges: readonly string[];
  /** Whether topology changes are pending. Those are never ours. */
  readonly topology: boolean;
}

export interface RunningJob {
  /** Absent where tsm's answer does not tell it. */
  readonly id?: string;
  /** For people: type and status as tsm prints them. */
  readonly description: string;
}

/** Everything one look at the controller tells. */
export interface TsmView {
  /** Release, such as "2024.2". */
  readonly version: string;
  /** Build, such as "20242.24.0807.0327". */
  readonly build: string;
  readonly status: ClusterStatus;
  /** tsm's own words, where the status of the server, or of one of its nodes, is `unknown`. */
  readonly statusWords?: string;
  readonly processes: readonly ProcessStatus[];
  /** Node ids as `tsm topology list-nodes` prints them. */
  readonly nodes: readonly string[];
  readonly keys: Readonly<Record<KeyName, KeyAnswer>>;
  /** Keys of {@link Tsm.watch}; absent: there are none. */
  readonly otherKeys?: Readonly<Record<string, KeyAnswer>>;
  readonly pending: PendingChanges;
  readonly runningJobs: readonly RunningJob[];
}

/** An earlier look, and what may have changed since: the rest is taken from it, since on a real server each call takes seconds. */
export interface Earlier {
  readonly view: TsmView;
  /** `processes`: a restart, which changes neither keys nor what is pending. `configuration`: those as well. Release and nodes: neither. */
  readonly changed: "processes" | "configuration";
}

/** Keys beside our two, and the values of ours that each may have. The values may be secrets. */
export type WatchedKeys = ReadonlyMap<string, readonly string[]>;

export interface KeyChange {
  readonly key: string;
  /** null: reset to the default. */
  readonly value: string | null;
}

/** What was really done with a key: `fallback` where tsm refused the reset, so the key was set to a value of the same effect. */
export interface KeyOutcome {
  readonly key: string;
  readonly how: "set" | "reset" | "fallback";
}

/** What became of changes of keys, and what is pending since. */
export interface KeysChanged {
  readonly outcomes: readonly KeyOutcome[];
  readonly pending: PendingChanges;
}

/** How one long job (apply or restart) ended, as far as the command line tells. The caller looks again. */
export interface JobEnd {
  /** The command exited 0 and, for apply, said so. */
  readonly succeeded: boolean;
  /** The last lines of both streams, control characters escaped, no values of keys. */
  readonly text: string;
}

/** One line of a job's progress, such as "40% - Waiting for the services to stop." */
export type OnProgress = (line: string) => void;

/** The `tsm` command line of one server, run on its initial node. */
export interface Tsm {
  /** Says that a question comes soon: what it needs on the node starts now. */
  prepare(): void;
  /** Says which further keys every look is about, with values that they may have: those are no changes of their own in a list. */
  watch(keys: WatchedKeys): void;
  /** Reads version, status, nodes, both keys, pending changes and running jobs in one round trip; after an earlier look only what may have changed. */
  look(earlier?: Earlier | null): Promise<TsmView>;
  /**
   * Makes changes pending (always `--force-keys`) and reads what is pending then, in one round trip. A reset that the server
   * refuses becomes a set to a value of the same effect. Values of other keys than our two go to tsm in a file that nobody
   * else can read.
   */
  setKeys(changes: readonly KeyChange[]): Promise<KeysChanged>;
  /** `pending-changes discard --config-only`: throws away everybody's pending configuration changes. */
  discardPending(): Promise<void>;
  /** `pending-changes apply --ignore-prompt`. A job already running is waited for first; a timeout of ours joins the running job, never starts a second. */
  applyPending(onProgress: OnProgress): Promise<JobEnd>;
  restart(onProgress: OnProgress): Promise<JobEnd>;
  /** Waits until no job is running, by `tsm jobs list` and `tsm jobs reconnect`. */
  joinRunningJobs(onProgress: OnProgress): Promise<void>;
}

export interface TsmOptions {
  /** Whether tsm may be run as root when the login user may not use it and there is no password. Default: "none". */
  readonly privilege?: "sudo" | "none";
  /** With a password, every call carries `--username` and `--server`, and the password on standard input. */
  readonly username?: string;
  readonly password?: Secret;
  /** Path of the tsm program; absent: found through the profile script, `$TABLEAU_SERVER_DATA_DIR_VERSION`, or the highest `customer-bin.*`. */
  readonly path?: string;
  /** `--request-timeout` of apply and restart, in seconds. */
  readonly requestTimeoutSeconds: number;
  /** Limit for a call that only reads, in seconds. */
  readonly commandTimeoutSeconds: number;
}
