import { isOwnKey, type KeyName } from "../vocabulary/keys";
import type { ServerRecord } from "./record/record";
import type { SeenTrust } from "./seen-trust";

/** A package (a `.taco` file, or an unpacked folder with a manifest) in a directory that Tableau reads. */
export interface SeenPackage {
  readonly directory: string;
  readonly fileName: string;
  /** `link`: a symbolic link to a file; digest, mode and owner are that file's. */
  readonly form: "file" | "link" | "folder";
  /** null: it could not be read. */
  readonly sha256: string | null;
  /** Four octal digits. */
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
  /** When content, mode, owner or name last changed (ctime), in seconds by the node's own clock. */
  readonly changedAt: number;
  /**
   * What that time is, where it is less: "writing", the last writing of the content, which comes along when a file is copied
   * or moved, and is all that Windows tells over SFTP.
   */
  readonly changedAtMeans?: "writing";
  /** Whether Tableau's run-as user can read it, its folder included. */
  readonly readable: boolean;
  /** It has an access list, so that its mode does not tell who can read it; absent: it has none. */
  readonly accessList?: true;
  /** Owner of what is placed in its folder, where that is not the user of the scripts: the folder's own. */
  readonly placedAs?: string;
  /** What the package says of itself; absent where nobody looked inside, null where it cannot be read. */
  readonly identity?: PackageIdentity | null;
}

export interface PackageIdentity {
  readonly pluginClass: string;
  readonly pluginVersion: string;
  readonly signed: boolean;
  /** Oldest release that loads it; absent: the package does not say. */
  readonly minVersionTableau?: string;
}

export interface SeenDirectory {
  readonly path: string;
  readonly exists: boolean;
  /** Whether the folder that it lies in, or would lie in, exists. */
  readonly parentExists: boolean;
  /** What the folder says of itself, whoever mounts it; of a missing one what the folder says that it would lie in. Absent: it was not told. */
  readonly identity?: string;
  readonly traversable: boolean;
  readonly accessList?: true;
  readonly placedAs?: string;
  /** Where others than root (or the login user) could exchange what lies there, and nobody works: the folder on the way to it that lets them. */
  readonly unsafe?: { readonly folder: string; readonly owner: string; readonly mode: string };
  /**
   * When something was last put into it, taken out of it or renamed in it, or in the folder above it, which tells whether another
   * took its place: in whole seconds, cut. Told by Windows nodes alone, whose files do not tell since when they lie there.
   */
  readonly entriesChangedAt?: number;
}

export interface StoredPackage {
  readonly sha256: string;
  /** false: its bytes do not have the digest that its name says. null: not looked at. */
  readonly intact: boolean | null;
  readonly size: number;
  /** Seconds, by the node's clock. */
  readonly storedAt: number;
  readonly pluginClass: string;
  readonly pluginVersion: string;
  readonly fileName: string;
}

/** One node as it was seen. */
export interface SeenNode {
  readonly name: string;
  readonly directories: readonly SeenDirectory[];
  readonly packages: readonly SeenPackage[];
  readonly stored: readonly StoredPackage[];
  /** Start, in seconds by the node's clock, of the oldest process that loads connectors; null: none was seen. */
  readonly loadedSince: number | null;
  /** Names that process exactly: the boot, and its start in ticks since then. Two looks give the same text for the same process. */
  readonly oldestProcess: string | null;
  /** Folder that Tableau Server is installed in, where the node tells (Windows); absent: it does not. */
  readonly installedIn?: string;
  /** Folder of the server's processes, where it is not the usual one, and whether some of them have connectors there; absent: it is the usual one. */
  readonly processesElsewhere?: { readonly folder: string; readonly packages: "some" | "none" };
  /** Its trust stores; absent: nobody looked at them, since nobody wants anything of them. */
  readonly trust?: SeenTrust;
  /** Unfinished temporary files of an interrupted run beside live files. */
  readonly leftovers: readonly Pick<SeenPackage, "directory" | "fileName">[];
}

export type KeySeen = { readonly kind: "value"; readonly value: string } | { readonly kind: "unset" } | { readonly kind: "unknown" };

/** The last moment at which a file may have changed: a time of writing comes in whole seconds, cut, so the file may be that much younger. */
export function latestChange({ changedAt, changedAtMeans }: Pick<SeenPackage, "changedAt" | "changedAtMeans">): number {
  return changedAtMeans === "writing" ? changedAt + 1 : changedAt;
}

/** What was seen of a key. */
export function keySeen({ keys, otherKeys = {} }: Pick<SeenServer, "keys" | "otherKeys">, key: string): KeySeen {
  if (isOwnKey(key)) return keys[key];
  return (Object.hasOwn(otherKeys, key) ? otherKeys[key] : undefined) ?? { kind: "unknown" };
}

/** The whole server as it was seen. */
export interface SeenServer {
  readonly version: string;
  readonly status: "RUNNING" | "DEGRADED" | "ERROR" | "STOPPED" | "unknown";
  /** tsm's own words, where the status is `unknown`. */
  readonly statusWords?: string;
  /** Node ids as the server knows them. */
  readonly topology: readonly string[];
  readonly keys: Readonly<Record<KeyName, KeySeen>>;
  /** Other keys that the program names or the record knows; absent: there are none. */
  readonly otherKeys?: Readonly<Record<string, KeySeen>>;
  readonly pending: { readonly ours: readonly string[]; readonly othersChanges: readonly string[]; readonly topology: boolean };
  readonly runningJobs: readonly string[];
  readonly nodes: readonly SeenNode[];
  readonly record: ServerRecord | null;
  /** Where the record is not the one on the server: that is `lost`, or `behind` what its owner saw and could not write down. */
  readonly recordIs?: "lost" | "behind";
  readonly restartRequired: RestartRequired | null;
}

/** The `restart-required` file on the initial node, as Debian keeps reboot-required. */
export interface RestartRequired {
  /** When it was written, in seconds by the initial node's clock. */
  readonly since: number;
  readonly reason: string;
}
