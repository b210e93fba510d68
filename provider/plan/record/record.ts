import type { KeyName } from "../../vocabulary/keys";

/** What this package remembers of a server, kept as `record.json` in the state directory of the initial node. */
export interface ServerRecord {
  readonly schemaVersion: 1;
  readonly owner: RecordedOwner;
  /** Live files that this package put there or adopted, by file name. */
  readonly files: Readonly<Record<string, RecordedFile>>;
  /** What an activation confirmed as loaded, by node and file name (with its folder, where the file lies in further ones). */
  readonly confirmed: Readonly<Record<string, Readonly<Record<string, ConfirmedFile>>>>;
  readonly keys: Partial<Readonly<Record<KeyName, RecordedKey>>>;
  /** Certificates that the JREs trust because of this package; absent: none. */
  readonly trust?: RecordedTrust;
  /** The same of keys without an argument of their own, whose values may be secrets; absent: none. */
  readonly otherKeys?: Readonly<Record<string, RecordedKey>>;
  /** Whether this server answers `configuration get` for forced keys; null: not known yet. */
  readonly answersForcedKeys: boolean | null;
  /** Digest of the restart triggers at the last confirmed activation. */
  readonly triggers: string | null;
  readonly lastActivation: Activation | null;
  /** Name of the run that wrote it last; absent: a version without such names did. */
  readonly run?: string;
  /** What the activation under way makes true; absent: none is. With newer processes than the note of a due restart it is done. */
  readonly begun?: { readonly triggers: string | null };
  /** The set that was tried last and rolled back; absent or null: none. */
  readonly rolledBack?: RolledBack | null;
}

export interface RecordedOwner extends Owner {
  /** Tokens that states of this owner held before, the newest last; absent: none. */
  readonly earlierTokens?: readonly string[];
}

export interface RolledBack {
  /** See fingerprint.ts. */
  readonly fingerprint: string;
  /** RFC 3339, by the clock of the machine that ran the program. */
  readonly at: string;
  /** Why, in a sentence. */
  readonly why: string;
}

export interface RecordedFile {
  readonly directory: string;
  /** Further folders that it lies in, or is being moved from; absent: none. */
  readonly directories?: readonly string[];
  readonly sha256: string;
  readonly pluginClass: string;
  readonly pluginVersion: string;
  /** It was there before us: it keeps its owner as long as Tableau can read it. */
  readonly adopted: boolean;
}

export interface ConfirmedFile {
  readonly sha256: string;
  readonly changedAt: number;
  /** The node's oldest process then, by its identity; absent or null: none was seen. */
  readonly process?: string | null;
}

export interface RecordedTrust {
  /** Digests of what this package put under an alias: one, or several while it changes. */
  readonly aliases: Readonly<Record<string, readonly string[]>>;
  /** Digests that an activation confirmed as loaded, by node and repository. */
  readonly confirmed: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

export interface RecordedKey {
  /** The applied value before this package first set it; null: it was not set. */
  readonly earlier: string | null;
  /** What this package last saw applied after its own change; null: a change was begun and not confirmed. */
  readonly applied: string | null;
  /** While `applied` is null: the values that it may have, each of them ours; null: not set. Absent in records of 0.1.0. */
  readonly between?: readonly (string | null)[];
  /** Of a key without an argument of its own: whether this server has told its value; absent: it has not. */
  readonly answered?: boolean;
}

/** An activation that succeeded. */
export interface Activation {
  /** RFC 3339, by the clock of the machine that ran the program. */
  readonly at: string;
  /** What made it due. */
  readonly why: readonly string[];
  /** What tsm was asked for. */
  readonly job: "applyPending" | "restart";
}

/** Whose a server is. */
export interface Owner {
  /** "organization/project/stack" or "project/stack", for people. */
  readonly stack: string;
  readonly urn: string;
  readonly token: string;
}
