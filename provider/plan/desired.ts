import type { KeyName } from "../vocabulary/keys";
import type { LivePlace } from "./placement/placement";
import type { Owner } from "./record/record";

/** One connector that is to be live, as the program lists it. */
export interface DesiredConnector {
  /** Ends in `.taco`, but for the folder of an unpacked connector. */
  readonly fileName: string;
  readonly sha256: string;
  readonly pluginClass: string;
  readonly pluginVersion: string;
  readonly minVersionTableau?: string;
}

/** A driver file that is to be live. */
export interface DesiredDriver {
  readonly fileName: string;
  readonly sha256: string;
}

/** A certificate that every JRE of the server is to trust. */
export interface DesiredCertificate {
  /** Its name in the trust stores. */
  readonly alias: string;
  /** Of its DER. */
  readonly sha256: string;
}

/** What the program wants of one server. */
export interface DesiredServer extends LivePlace {
  readonly name: string;
  /** Names of the nodes; the first is the initial node. */
  readonly nodes: readonly string[];
  /** The user that files belong to when this package places them: "root", or the login user where there is no sudo. */
  readonly fileOwner: string;
  readonly connectors: readonly DesiredConnector[];
  readonly drivers: readonly DesiredDriver[];
  readonly driversDirectory: string;
  readonly trust: readonly DesiredCertificate[];
  /** Where connectors went live before, as the state tells; absent: nowhere else. */
  readonly earlierDirectories?: readonly string[];
  /** What is wanted of each key. */
  readonly keys: Readonly<Record<KeyName, DesiredKey>>;
  /** Value that is wanted of each other key, by its name; a key that is not in here goes back. Absent: the program names none. */
  readonly otherKeys?: Readonly<Record<string, string>>;
  /** Digest of `restartTriggers`; null: there are none. */
  readonly triggers: string | null;
  readonly owner: Claimant;
  readonly options: PlanOptions;
}

/**
 * `left`: as found. `{value}`: enforced. `restore`: back to the value before this package set it, as on destroy, and where the
 * program does not name the key any more.
 *
 * `automatic` is the wish for the path key where the program says nothing: the directory, if the server's version does not read it by
 * itself, else left as found. `automatic or restore`: else back. `automatic or restore elsewhere`: else back, if it names a directory
 * that connectors of this program no longer go to; one that it names for nothing harms nobody, and giving it back is a restart.
 */
export type DesiredKey =
  "left" | "automatic" | "automatic or restore" | "automatic or restore elsewhere" | "restore" | { readonly value: string };

/** The resource that wants to be the owner: its names of now, and the token that stands in its state. */
export interface Claimant extends Owner {
  /** The token that takes its place when the record is written. */
  readonly renewed: string;
  /** Tokens that its state held before, as far as it remembers them: a record that names one is older than the state. */
  readonly earlierTokens: readonly string[];
  /** URNs of other resources of this program that stay with their own server: this one never pushes them aside. */
  readonly rivals: readonly string[];
}

export interface PlanOptions {
  readonly allowPartialCluster: boolean;
  readonly foreignPendingChanges: "refuse" | "apply" | "discard";
  readonly unlistedConnectors: "keep" | "retire";
  readonly overwriteUnmanaged: boolean;
  readonly acceptBreaking: readonly string[];
  readonly takeOver: boolean;
  /** Whether a failed activation is rolled back. */
  readonly rollback: boolean;
  /** A create of the same stack takes the ownership over; an update does not. */
  readonly claim: "create" | "update" | "delete";
}
