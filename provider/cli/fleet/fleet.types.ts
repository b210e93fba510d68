/**
 * What runs where: the value behind all three forms of `pulumi-tableau fleet`, and the text of `--json`. Its shape is a promise:
 * docs/fleet.md.
 */
export interface Fleet {
  readonly schemaVersion: 1;
  /** When it was made, RFC 3339. */
  readonly at: string;
  /** What it tells of: the state, which is what Pulumi saw last, or the nodes themselves. */
  readonly source: "state" | "nodes";
  readonly stacks: readonly FleetStack[];
  /** The columns: servers first, then machines, in the order of their stacks. */
  readonly places: readonly Place[];
  /** The rows: connectors first, then drivers, by name. */
  readonly rows: readonly Row[];
  /** What needs a person first, then what is worth knowing. */
  readonly findings: readonly Finding[];
  readonly notKnown: readonly NotKnown[];
}

/** A stack that was asked for. */
export interface FleetStack {
  readonly name: string;
  /** When Pulumi last wrote its state, RFC 3339; null: not known. */
  readonly writtenAt: string | null;
  /** How many servers and machines it has. */
  readonly places: number;
  /** Why it could not be read; null: it was. */
  readonly error: string | null;
}

/** A server in a stack, or one product on a person's machine. A server that stands in two stacks is two places. */
export interface Place {
  /** Unique in this fleet. */
  readonly id: string;
  readonly kind: "server" | "machine";
  readonly name: string;
  readonly stack: string;
  /** Of a machine. */
  readonly product: "desktop" | "prep" | "bridge" | null;
  /** Names of a server's nodes. */
  readonly nodes: readonly string[];
  /** Release of Tableau; null: not known. */
  readonly release: string | null;
  /** A server's state in tsm's words; null: not known. */
  readonly status: string | null;
  /** Whether a server verifies the signatures of packages; null: a machine. */
  readonly verification: "on" | "off" | "not known" | null;
  readonly seen: Seen;
  /** Packages that no program lists, as `node/file`. */
  readonly unlisted: readonly string[];
  /** Id of an earlier place that is the same server; null: none is, as far as that can be told. */
  readonly sameAs: string | null;
}

/** How old what is told of a place is. */
export interface Seen {
  readonly by: "state" | "nodes";
  /**
   * RFC 3339; null: not known. Of a state, when Pulumi last wrote something new of it down: a later look that found nothing
   * new leaves no trace.
   */
  readonly at: string | null;
}

/** A plugin class, or a driver's file, with what of it is where. */
export interface Row {
  readonly kind: "connector" | "driver";
  /** Plugin class, or a driver's file name. */
  readonly name: string;
  /** The highest version in the fleet; null: a driver, which has none. */
  readonly newest: string | null;
  /** None for a place that does not list it. */
  readonly cells: readonly Cell[];
}

/** One connector or driver in one place. */
export interface Cell {
  /** Id of the place. */
  readonly place: string;
  readonly fileName: string;
  /** Version that the program lists; null: a driver. */
  readonly version: string | null;
  /** Digest that the program lists. */
  readonly sha256: string;
  /** What is confirmed as loaded on every node, where that is another one or none; null: the same, or not told. */
  readonly running: { readonly version: string; readonly sha256: string } | "not confirmed" | null;
  /** At least one. */
  readonly states: readonly CellState[];
  readonly certificate: CellCertificate | null;
}

export type CellState =
  /** None of the others. */
  | "current"
  /** Older than the newest in the fleet. */
  | "older"
  /** The same version as elsewhere, with other bytes; of a driver, other bytes than elsewhere. */
  | "differs"
  /** Not on every node as the program lists it. */
  | "drift"
  /** In place, and not loaded yet. */
  | "restart-due"
  /** Delivered, and to be activated on command or in a restart window. */
  | "waiting"
  /** In the store of the nodes, and no config lists it. */
  | "not-live"
  /** The signer's certificate ends within 90 days, or has ended and no timestamp stands for it. */
  | "certificate-ends"
  /** What is there could not be found out. */
  | "not-known";

/** The signer's certificate that ends first. */
export interface CellCertificate {
  readonly subject: string;
  /** RFC 3339. */
  readonly notAfter: string;
  /** Whether the signature has a timestamp, which keeps the package valid when the certificate has ended. */
  readonly timestamped: boolean;
}

export const findingKinds = [
  "ownership",
  "drift",
  "restart",
  "version",
  "expiry",
  "verification",
  "unlisted",
  "failed",
  "status",
  "waiting",
] as const;

export type FindingKind = (typeof findingKinds)[number];

/** Something that somebody should know. */
export interface Finding {
  readonly kind: FindingKind;
  /** `act`: it needs a person. */
  readonly severity: "act" | "note";
  /** Sentences; a name may stand between backticks. */
  readonly text: string;
  /** What to do now; null: nothing. */
  readonly next: string | null;
  /** Ids of the places that it is about. */
  readonly places: readonly string[];
}

/** Something that this fleet cannot tell. */
export interface NotKnown {
  /** `not-seen`: what is there, as a stack or a node could not be read. `not-told`: a detail that the state does not have. */
  readonly kind: "not-seen" | "not-told";
  /** Null: it is about all of them. */
  readonly stack: string | null;
  /** Id of the place; null: it is about the stack. */
  readonly place: string | null;
  readonly text: string;
}

/** Whether something of this kind needs a person. */
export function needsAPerson({ findings }: Fleet, kinds: readonly FindingKind[] = findingKinds): boolean {
  return findings.some(({ kind, severity }) => severity === "act" && kinds.includes(kind));
}
