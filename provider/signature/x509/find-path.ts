import type { Anchor, TrustAnchors } from "../trust/trust-anchors";
import type { Certificate } from "./certificate";
import { purposeProblem } from "./purpose";
import type { Purpose } from "./purpose";
import { validatePath, type PathProblem, type PathRules } from "./validate-path";

/** Authorities between a signer and an anchor that is looked for on the way: as many as Java's PKIXBuilderParameters allow where nobody sets more. */
const mostOnTheWay = 5;

/**
 * Leads a signer's chain to an anchor, as Java's PKIXValidator does: up to the first certificate that is an anchor (the same bytes,
 * or the same name and key), else through the anchor that issued the last one, else from any certificate on the way.
 *
 * @returns why it does not; undefined if it does.
 */
export function findPath(
  chain: readonly Certificate[],
  anchors: TrustAnchors,
  purpose: Purpose,
  rules: PathRules,
): PathProblem | undefined {
  const [signer] = chain;
  if (signer === undefined || anchors.has(signer)) {
    return undefined;
  }
  const problem = reach(chain, anchors, rules);
  if (problem !== undefined) {
    return problem;
  }
  const unfit = purposeProblem(signer, purpose);
  return unfit === undefined ? undefined : { code: "purpose", reason: unfit };
}

function reach(chain: readonly Certificate[], anchors: TrustAnchors, rules: PathRules): PathProblem | undefined {
  const trusted = chain.findIndex((certificate, index) => index > 0 && isAnchor(certificate, anchors));
  if (trusted > 0) {
    return throughAnchors(chain.slice(0, trusted), anchors, rules);
  }
  if (issuersOf(chain.at(-1), anchors).length > 0) {
    return throughAnchors(chain, anchors, rules);
  }
  for (let length = 1; length < chain.length && length <= 1 + mostOnTheWay; length++) {
    if (throughAnchors(chain.slice(0, length), anchors, rules) === undefined) {
      return undefined;
    }
  }
  return noAnchor(chain);
}

function isAnchor(certificate: Certificate, anchors: TrustAnchors): boolean {
  return anchors
    .named(certificate.subject.canonical)
    .some((anchor) => anchor.certificate.publicKey.spki.equals(certificate.publicKey.spki));
}

function issuersOf(certificate: Certificate | undefined, anchors: TrustAnchors): readonly Anchor[] {
  return certificate === undefined ? [] : anchors.named(certificate.issuer.canonical);
}

function throughAnchors(chain: readonly Certificate[], anchors: TrustAnchors, rules: PathRules): PathProblem | undefined {
  const last = chain.at(-1);
  let problem: PathProblem | undefined;
  for (const anchor of issuersOf(last, anchors)) {
    if (!fitsKeyIdentifier(anchor, last)) {
      continue;
    }
    const found = validatePath(chain, anchor, rules);
    if (found === undefined) {
      return undefined;
    }
    problem = found;
  }
  return problem ?? noAnchor(chain);
}

/** An anchor of version 3 is taken only if the identifiers that the certificate names for its issuer fit. */
function fitsKeyIdentifier(anchor: Anchor, issued: Certificate | undefined): boolean {
  const { keyIdentifier, serial } = issued?.extensions.authorityKeyIdentifier ?? {};
  const own = anchor.certificate.extensions.subjectKeyIdentifier;
  const keyFits = keyIdentifier === undefined || own === undefined || own.equals(keyIdentifier);
  return keyFits && (serial === undefined || anchor.certificate.version < 3 || serial === anchor.certificate.serial);
}

function noAnchor(chain: readonly Certificate[]): PathProblem {
  return { code: "no-anchor", reason: `its chain ends at ${chain.at(-1)?.issuer.text ?? "nothing"}, which is not in the trust store` };
}
