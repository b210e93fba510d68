import { firstReleaseThatVerifies, firstReleaseWithPackages } from "../plan/placement/releases";
import { firstReleaseThatRefusesRoots, type SignerReport } from "../signature";
import type { Taco } from "../taco";
import { isAtLeast } from "../vocabulary/version";
import { printableLine } from "../vocabulary/printable";

/** What a line of a package is called, and what it says. */
export type Row = readonly [label: string, text: string];

/**
 * What a person asks first of a package: who signed it, until when that holds, and which releases of Tableau Server load it.
 *
 * @param taco null: what the package says of itself cannot be read.
 */
export function answersOf(signers: readonly SignerReport[], taco: Taco | null): Row[] {
  const until = signers.map(validUntil).sort((one, other) => one.time.localeCompare(other.time));
  return [
    ...signedBy(signers),
    ...until.slice(0, 1).map(({ text }): Row => ["valid until", text]),
    ["releases", taco === null ? "not known, since its manifest cannot be read" : releasesOf(signers, taco)],
  ];
}

/** Who signed a package: all that is worth telling first of one that is refused. */
export function signedBy(signers: readonly SignerReport[]): Row[] {
  if (signers.length === 0) return [["signed by", "nobody"]];
  return signers.map(({ subject }) => ["signed by", printableLine(subject)]);
}

/** Rows as they are printed, below the name of the file. */
export function printRows(rows: readonly Row[]): string {
  return rows.map(([label, text]) => `  ${label.padEnd(13)}${text}\n`).join("");
}

interface Until {
  /** RFC 3339. */
  readonly time: string;
  readonly text: string;
}

// A timestamp keeps a signature valid beyond its certificate, and ends with the certificate of its own authority.
function validUntil({ notAfter, chain, timestamp }: SignerReport): Until {
  const ends = [notAfter, ...chain.filter(({ subject, issuer }) => subject !== issuer).map((link) => link.notAfter)];
  const end = ends.reduce((earliest, one) => (one < earliest ? one : earliest));
  if (timestamp === null) return { time: end, text: `${day(end)}, when its certificate ends: it has no timestamp` };
  const { notAfter: lasting } = timestamp.authority;
  return lasting > end
    ? { time: lasting, text: `${day(lasting)}, by its timestamp of ${day(timestamp.time)}; its certificate ends ${day(end)}` }
    : { time: end, text: `${day(end)}, when its certificate ends` };
}

function releasesOf(signers: readonly SignerReport[], taco: Taco): string {
  const first = taco.minVersionTableau ?? firstReleaseWithPackages;
  const limits = [
    ...(taco.kind === "connector" && !taco.hasVendorInformation
      ? [{ release: firstReleaseThatVerifies, why: "it has no vendor information" }]
      : []),
    ...(signers.length === 0 ? [{ release: firstReleaseThatVerifies, why: "it is not signed" }] : []),
    ...(signers.some(({ timestamp }) => timestamp === null)
      ? [{ release: firstReleaseThatVerifies, why: "its signature has no timestamp" }]
      : []),
    ...(signers.some(({ chain }) => chain.some(({ subject, issuer }) => subject === issuer))
      ? [{ release: firstReleaseThatRefusesRoots, why: "its signature holds a root certificate" }]
      : []),
  ];
  const [limit] = limits;
  if (limit === undefined) return `Tableau ${first} or later`;
  if (isAtLeast(first, limit.release)) return `none: it is for ${first} and later, which refuse it since ${limit.why}`;
  return `Tableau ${first} or later, before ${limit.release}: from then on it is refused since ${limit.why}`;
}

function day(time: string): string {
  return time.slice(0, 10);
}
