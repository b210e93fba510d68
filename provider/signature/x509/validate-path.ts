import { signatureAlgorithms } from "../crypto/algorithm-names";
import type { Constraints, Use } from "../policy/constraints";
import type { Anchor } from "../trust/trust-anchors";
import { day, isSelfIssued, validity, type Certificate } from "./certificate";
import { handledInPaths } from "./extension-oids";
import { addConstraints, allowsNames, noConstraints } from "./name-constraints";
import { isSignedBy } from "./verify-certificate";

export type PathProblemCode =
  | "no-anchor"
  | "anchor-unfit"
  | "blocked"
  | "expired"
  | "not-yet-valid"
  | "signature"
  | "algorithm"
  | "not-a-ca"
  | "path-length"
  | "key-usage"
  | "name-constraints"
  | "policy"
  | "critical-extension"
  | "purpose";

/** Why a chain does not lead to an anchor. */
export interface PathProblem {
  readonly code: PathProblemCode;
  /** A clause such as "its intermediate certificate CN=… is no CA". */
  readonly reason: string;
}

export interface PathRules {
  readonly constraints: Constraints;
  readonly blocked: ReadonlySet<string>;
  /** When the chain has to be valid, milliseconds since 1970. */
  readonly date: number;
  /** When algorithms have to be allowed. */
  readonly algorithmDate: number;
}

/**
 * Validates a chain against one anchor: the procedure of RFC 5280, 6.1, by the checks and in the order of Java's PKIX validator. Every
 * certificate in turn, from the one that the anchor issued down to the signer's. Revocation (6.1.3, a, 3) is not asked for, since it is
 * done offline; what Java blocks and disables beyond the RFC is.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-6.1
 * @param chain the signer's certificate first; the anchor is not part of it.
 */
export function validatePath(chain: readonly Certificate[], anchor: Anchor, rules: PathRules): PathProblem | undefined {
  const path = [...chain].reverse();
  if (rules.blocked.has(anchor.certificate.sha256)) {
    return { code: "blocked", reason: `the anchor ${anchor.certificate.subject.text} is on the list of blocked certificates` };
  }
  // 6.1.2: working_public_key and working_issuer_name; max_path_length; permitted_subtrees and excluded_subtrees.
  let issuer = anchor.certificate;
  let remaining = path.length;
  let names = noConstraints;
  for (const [index, certificate] of path.entries()) {
    const last = index === path.length - 1;
    const problem =
      // 6.1.3, a: signature, dates; and 6.1.4, o, and 6.1.5, f: critical extensions.
      checkOne(certificate, issuer, anchor, rules) ??
      // 6.1.4, k to n: who issued another certificate has to be an authority.
      (last ? undefined : checkIssuer(certificate, remaining, index)) ??
      // 6.1.3, b and c: names of all but self-issued authorities.
      (!(last || !isSelfIssued(certificate)) || allowsNames(names, certificate)
        ? undefined
        : { code: "name-constraints", reason: `${certificate.subject.text} has names that its issuer may not certify` });
    if (problem !== undefined) {
      return problem;
    }
    // 6.1.4, g: further name constraints.
    const merged = addConstraints(names, certificate);
    if (merged === undefined) {
      return { code: "name-constraints", reason: `${certificate.subject.text} sets name constraints that do not fit those of its issuers` };
    }
    names = merged;
    // 6.1.4, l and m: the length that is left.
    remaining = nextLength(certificate, remaining);
    issuer = certificate;
  }
  // 6.1.3, d to f, 6.1.4, a, b and h to j, and 6.1.5, a, b and g: policies.
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

const anyPolicy = "2.5.29.32.0";

/**
 * Why the policies of a path are not acceptable (with any policy as the wanted one); undefined if they are.
 *
 * Mappings are not followed: where they would matter, because a policy is demanded, the path is refused.
 *
 * @param path from the anchor's issue down to the signer.
 */
function policyProblem(path: readonly Certificate[]): string | undefined {
  let explicit = path.length + 1;
  let inhibitAny = path.length + 1;
  let valid: ReadonlySet<string> | "any" | undefined = "any";
  let mapped = false;
  for (const [index, certificate] of path.entries()) {
    const { policies, policyConstraints, inhibitAnyPolicy, policyMappings, critical } = certificate.extensions;
    const last = index === path.length - 1;
    if (valid !== undefined && policies?.qualified === true && critical.has("2.5.29.32")) {
      return "a critical policy with qualifiers";
    }
    valid = intersect(valid, policies?.ids, inhibitAny > 0 || (!last && isSelfIssued(certificate)) ? "any" : "nothing");
    mapped ||= policyMappings === true;
    if (!isSelfIssued(certificate)) {
      explicit = Math.max(0, explicit - 1);
      inhibitAny = Math.max(0, inhibitAny - 1);
    }
    explicit = Math.min(explicit, policyConstraints?.requireExplicit ?? explicit);
    inhibitAny = Math.min(inhibitAny, inhibitAnyPolicy ?? inhibitAny);
    if (explicit === 0 && (valid === undefined || mapped)) {
      return "a policy is demanded that the chain does not carry";
    }
  }
  return undefined;
}

function intersect(
  valid: ReadonlySet<string> | "any" | undefined,
  ids: readonly string[] | undefined,
  anyPolicyIs: "any" | "nothing",
): ReadonlySet<string> | "any" | undefined {
  if (valid === undefined || ids === undefined) {
    return undefined;
  }
  if (ids.includes(anyPolicy) && anyPolicyIs === "any") {
    return valid;
  }
  const named = ids.filter((id) => id !== anyPolicy && (valid === "any" || valid.has(id)));
  return named.length === 0 ? undefined : new Set(named);
}
