import type { CellCertificate, Cell, CellState, Place, Row } from "./fleet.types";

/** A place as its own stack tells of it, before it is compared with the others. */
export interface PlaceState {
  readonly place: Omit<Place, "sameAs">;
  readonly items: readonly Item[];
  /** What is not as the program wants it: phrases. */
  readonly drift: readonly string[];
  /** Since when, or why a restart is due; null: none is. */
  readonly restart: string | null;
  /** Who owns the server instead; null: this stack. */
  readonly belongsTo: string | null;
  /** An activation that waits; null: none does. */
  readonly waiting: string | null;
  /** Why the last operation failed. */
  readonly failed: readonly string[];
  readonly notSeen: readonly string[];
  /** What is worth knowing beside all this: sentences about verification. */
  readonly unverified: readonly string[];
  /** Certificates that its Java is to trust and that end soon, or have ended. */
  readonly endingTrust: readonly EndingTrust[];
  /** Where its nodes are reached; empty: not known. */
  readonly addresses: readonly string[];
  /** What a server's record calls the stack that this place is of, as "project/stack"; null: it has no config. */
  readonly ownStack: string | null;
  /** Proves that a state is a copy of another; null: none. */
  readonly ownerToken: string | null;
}

/** A certificate that a server is to trust. */
export interface EndingTrust {
  readonly alias: string;
  readonly subject: string;
  /** RFC 3339. */
  readonly notAfter: string;
}

/** A connector or driver of a place. */
export interface Item extends Omit<Cell, "place" | "states"> {
  readonly kind: Row["kind"];
  /** Name of its row. */
  readonly name: string;
  /** Of the states those that need no other place. */
  readonly states: readonly CellState[];
}

const daysBefore = 90;

interface Signature {
  readonly status: string;
  readonly signers: readonly { readonly subject: string; readonly notAfter: string; readonly timestamp: string }[];
}

/** The certificate of a signature that ends first; null: there is none. */
export function certificateOf(signature: Signature | undefined): CellCertificate | null {
  const [first] = [...(signature?.signers ?? [])].sort((one, other) => one.notAfter.localeCompare(other.notAfter));
  return first === undefined ? null : { subject: first.subject, notAfter: first.notAfter, timestamped: first.timestamp !== "none" };
}

/** A timestamp stands for a certificate that has ended; before it ends, the next release needs a new one all the same. */
export function endsSoon(certificate: Pick<CellCertificate, "notAfter" | "timestamped"> | null, now: Date): boolean {
  if (certificate === null) return false;
  const days = (Date.parse(certificate.notAfter) - now.getTime()) / (24 * 60 * 60 * 1000);
  return days < daysBefore && (days >= 0 || !certificate.timestamped);
}
