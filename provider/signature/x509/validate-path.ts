import { signatureAlgorithms } from "../crypto/algorithm-names";
import type { Constraints, Use } from "../policy/constraints";
import type { Anchor } from "../trust/trust-anchors";
import { isSelfIssued } from "./certificate";
import type { Certificate } from "./certificate";
import { handledInPaths } from "./extension-oids";
import { addConstraints, allowsNames, noConstraints } from "./name-constraints";
import type { PathProblem } from "./path-problem";
import { policyProblem } from "./policies";
import { validity } from "./validity";
import { isSignedBy } from "./verify-certificate";

export interface PathRules {
  readonly constraints: Constraints;
  readonly blocked: ReadonlySet<string>;
  /** When the chain has to be valid, milliseconds since 1970. */
  readonly date: number;
  /** When algorithms have to be allowed. */
  readonly algorithmDate: number;
}

/**
 * Validates a chain against one anchor, by the checks of Java's PKIX validator (RFC 5280, 6.1): every certificate in turn, from the
 * one that the anchor issued down to the signer's.
 *
 * @param chain the signer's certificate first; the anchor is not part of it.
 */
export function validatePath(chain: readonly Certificate[], anchor: Anchor, rules: PathRules): PathProblem | undefined {
  const path = [...chain].reverse();
  if (rules.blocked.has(anchor.certificate.sha256)) {
    return { code: "blocked", reason: `the anchor ${anchor.certificate.subject.text} is on the list of blocked certificates` };
  }
  let issuer = anchor.certificate;
  let remaining = path.length;
  let names = noConstraints;
  for (const [index, certificate] of path.entries()) {
    const last = index === path.length - 1;
    const problem =
      checkOne(certificate, issuer, anchor, rules) ??
      (last ? undefined : checkIssuer(certificate, remaining, index)) ??
      (!(last || !isSelfIssued(certificate)) || allowsNames(names, certificate)
        ? undefined
        : { code: "name-constraints", reason: `${certificate.subject.text} has names that its issuer may not certify` });
    if (problem !== undefined) {
      return problem;
    }
    const merged = addConstraints(names, certificate);
    if (merged === undefined) {
      return { code: "name-constraints", reason: `${certificate.subject.text} sets name constraints that do not fit those of its issuers` };
    }
    names = merged;
    remaining = last ? remaining : nextLength(certificate, remaining);
    issuer = certificate;
  }
  const policies = policyProblem(path);
  return policies === undefined ? anchorProblem(anchor.certificate) : { code: "policy", reason: policies };
}

function checkOne(certificate: Certificate, issuer: Certificate, anchor: Anchor, rules: PathRules): PathProblem | undefined {
  const name = certificate.subject.text;
  if (rules.blocked.has(certificate.sha256)) {
    return { code: "blocked", reason: `${name} is on the list of blocked certificates` };
  }
  const algorithm = algorithmProblem(certificate, issuer, anchor, rules);
  if (algorithm !== undefined) {
    return { code: "algorithm", reason: `${name} uses an algorithm that is disabled (${algorithm})` };
  }
  const valid = validity(certificate, rules.date);
  if (valid === "early") {
    return { code: "not-yet-valid", reason: `${name} is not valid before ${day(certificate.notBefore)}` };
  }
  if (valid === "expired") {
    return { code: "expired", reason: `${name} expired on ${day(certificate.notAfter)}` };
  }
  if (!isSignedBy(certificate, issuer.publicKey)) {
    return { code: "signature", reason: `${name} was not signed by ${issuer.subject.text}` };
  }
  const unknown = [...certificate.extensions.critical].find((oid) => !handledInPaths.has(oid));
  return unknown === undefined
    ? undefined
    : { code: "critical-extension", reason: `${name} has the unknown critical extension ${unknown}` };
}

function algorithmProblem(certificate: Certificate, issuer: Certificate, anchor: Anchor, rules: PathRules): string | undefined {
  const { keyUsage } = certificate.extensions;
  const usable = keyUsage === undefined || [...keyUsage].some((bit) => bit !== "encipherOnly" && bit !== "decipherOnly");
  if (!usable) {
    return "its KeyUsage is empty";
  }
  const algorithm = signatureAlgorithms.get(certificate.signatureAlgorithm.oid)?.name ?? certificate.signatureAlgorithm.oid;
  const use: Use = { date: rules.algorithmDate, keys: [certificate.publicKey], purpose: "signed-jar", jdkAnchor: anchor.jdk };
  return rules.constraints.disabled(algorithm, use, "with-keys") ?? rules.constraints.disabledKey(issuer.publicKey);
}

function checkIssuer(certificate: Certificate, remaining: number, index: number): PathProblem | undefined {
  const name = certificate.subject.text;
  const { basicConstraints, keyUsage } = certificate.extensions;
  const oldButSelfIssued = certificate.version < 3 && index === 0 && isSelfIssued(certificate);
  if (basicConstraints?.ca !== true && !oldButSelfIssued) {
    return { code: "not-a-ca", reason: `${name} is no certification authority, yet issued another certificate` };
  }
  if (keyUsage !== undefined && !keyUsage.has("keyCertSign")) {
    return { code: "key-usage", reason: `${name} may not sign certificates` };
  }
  return !isSelfIssued(certificate) && remaining <= 0
    ? { code: "path-length", reason: `${name} stands deeper in the chain than its issuers allow` }
    : undefined;
}

function nextLength(certificate: Certificate, remaining: number): number {
  const own = certificate.extensions.basicConstraints?.pathLength ?? Infinity;
  return Math.min(own, isSelfIssued(certificate) ? remaining : remaining - 1);
}

/** An anchor of version 3 has to be a CA all the same (jdk.security.allowNonCaAnchor is off by default). */
function anchorProblem(anchor: Certificate): PathProblem | undefined {
  const { basicConstraints, keyUsage } = anchor.extensions;
  const fit = anchor.version < 3 || (basicConstraints?.ca === true && (keyUsage === undefined || keyUsage.has("keyCertSign")));
  return fit ? undefined : { code: "anchor-unfit", reason: `the anchor ${anchor.subject.text} is no certification authority` };
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
