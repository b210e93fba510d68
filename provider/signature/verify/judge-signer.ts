import type { Timestamp } from "../cms/timestamp";
import { finding, type Finding, type FindingCode } from "../findings";
import { day, validity, type Certificate } from "../x509/certificate";
import { findPath } from "../x509/find-path";
import { codeSigningUsageProblem, purposeProblem } from "../x509/purpose";
import type { PathProblem } from "../x509/validate-path";
import { isSelfSigned } from "../x509/verify-certificate";
import type { Context } from "./context";
import { disabledUse, jarUse, type Signer } from "./signer";

const dayLength = 24 * 60 * 60 * 1000;
const soon = 365 * dayLength;

/** jarsigner's flags, as far as they come from one signer. */
export interface SignerFlags {
  readonly expired: boolean;
  readonly notYetValid: boolean;
  readonly badUsage: boolean;
  readonly chainInvalid: boolean;
  readonly selfSigned: boolean;
  /** Whether the signer's certificate is itself an anchor. */
  readonly anchored: boolean;
  readonly timestampExpired: boolean;
  readonly timestampChainInvalid: boolean;
  /** First end of a certificate of the chain that is no anchor. */
  readonly expires: number | undefined;
}

export interface JudgedSigner {
  readonly flags: SignerFlags;
  readonly findings: readonly Finding[];
}

/** Judges one signer: dates, usage, chain and timestamp, as jarsigner does for every signer of a package. */
export function judgeSigner(signer: Signer, context: Context): JudgedSigner {
  const { certificate, chain, timestamp } = signer;
  const date = timestamp?.time ?? context.at;
  const untrusted = chain.filter((link) => !context.anchors.has(link));
  const early = untrusted.filter((link) => validity(link, date) === "early");
  const expired = untrusted.filter((link) => validity(link, date) === "expired");
  const usage = codeSigningUsageProblem(certificate);
  const path = findPath(chain, context.anchors, "code-signing", {
    constraints: context.certPath,
    blocked: context.blocked,
    date,
    algorithmDate: date,
  });
  const selfSigned = isSelfSignedAlone(signer);
  const expires = untrusted.length === 0 ? undefined : untrusted.reduce((earliest, { notAfter }) => Math.min(earliest, notAfter), Infinity);
  const judgedTimestamp = timestamp === undefined ? undefined : judgeTimestamp(timestamp, expires, context);
  return {
    flags: {
      expired: expired.length > 0,
      notYetValid: early.length > 0,
      badUsage: usage !== undefined,
      chainInvalid: path !== undefined && !(path.code === "purpose" && usage !== undefined),
      selfSigned,
      anchored: context.anchors.has(certificate),
      timestampExpired: judgedTimestamp?.expired ?? false,
      timestampChainInvalid: judgedTimestamp?.chainInvalid ?? false,
      expires,
    },
    findings: [
      ...(timestamp === undefined ? outsideNow(expired, early) : signedOutside(certificate, date)),
      ...usageFindings(certificate, usage),
      ...malformedFindings([...chain, ...(timestamp?.chain ?? [])]),
      ...pathFindings(path, signer, context),
      ...(timestamp === undefined ? [finding("timestamp-missing", `The signature in ${signer.block} has no timestamp.`)] : []),
      ...(timestamp === undefined ? expirySoon("certificate-expires-soon", untrusted, context.at) : []),
      ...(judgedTimestamp?.findings ?? []),
      ...legacyFindings(signer, context),
    ],
  };
}

function isSelfSignedAlone({ chain, certificate }: Signer): boolean {
  return chain.length === 1 && isSelfSigned(certificate);
}

function outsideNow(expired: readonly Certificate[], early: readonly Certificate[]): Finding[] {
  return [
    ...expired.map(({ subject, notAfter }) =>
      finding("certificate-expired", `The certificate of ${subject.text} expired on ${day(notAfter)}, and there is no timestamp.`),
    ),
    ...early.map(({ subject, notBefore }) =>
      finding("certificate-not-yet-valid", `The certificate of ${subject.text} is not valid before ${day(notBefore)}.`),
    ),
  ];
}

/** Of the signer's certificate alone, so that it does not depend on whom one trusts. */
function signedOutside({ subject, notBefore, notAfter }: Certificate, date: number): Finding[] {
  const range = `${day(notBefore)} to ${day(notAfter)}`;
  return notBefore <= date && date <= notAfter
    ? []
    : [
        finding(
          "signed-outside-validity",
          `The package was signed on ${day(date)}, but the certificate of ${subject.text} is valid from ${range}.`,
        ),
      ];
}

function usageFindings(certificate: Certificate, usage: string | undefined): Finding[] {
  const problem = usage ?? purposeProblem(certificate, "code-signing");
  return problem === undefined
    ? []
    : [finding("signer-usage", `The certificate of ${certificate.subject.text} is not for code signing: ${problem}.`)];
}

/** Java passes over an extension that it cannot read, unless it is critical. */
function malformedFindings(certificates: readonly Certificate[]): Finding[] {
  return certificates.flatMap(({ subject, extensions }) =>
    extensions.malformed.map((oid) =>
      finding("certificate-malformed", `The extension ${oid} of the certificate of ${subject.text} cannot be read.`),
    ),
  );
}

function pathFindings(path: PathProblem | undefined, signer: Signer, context: Context): Finding[] {
  const who = signer.certificate.subject.text;
  const reason = path?.reason ?? "";
  if (context.anchors.anchors.length === 0) {
    return [finding("trust-unknown", `Whether ${who} is trusted was not judged, because no trust store was given.`)];
  }
  switch (path?.code) {
    case undefined:
      return [];
    case "purpose":
      // Usage has a finding of its own.
      return [];
    case "expired":
    case "not-yet-valid":
      // So have dates as of now; as of the timestamp, only the signer's own.
      return signer.timestamp === undefined || validity(signer.certificate, signer.timestamp.time) !== "valid"
        ? []
        : [finding("chain-invalid", `The certificate chain of ${who} was not valid when it signed: ${reason}.`)];
    case "no-anchor":
      return isSelfSignedAlone(signer)
        ? [finding("self-signed", `The certificate of ${who} is signed by itself, and is not in the trust store.`)]
        : [finding("chain-untrusted", `The signer ${who} is not trusted: ${reason}.`)];
    case "blocked":
      return [finding("certificate-blocked", `The signer ${who} is not trusted: ${reason}.`)];
    default:
      return [finding("chain-invalid", `The certificate chain of ${who} is not valid: ${reason}.`)];
  }
}

/** Warns about algorithms and keys that a coming Java will refuse (jdk.security.legacyAlgorithms). */
function legacyFindings(signer: Signer, context: Context): Finding[] {
  const use = jarUse([signer], context.anchors, context.at);
  const legacy = disabledUse([...signer.uses, ...(signer.timestamp?.uses ?? [])], use, context.legacy);
  return legacy === undefined ? [] : [finding("algorithm-legacy", `The signature in ${signer.block} uses ${legacy}.`)];
}

interface JudgedTimestamp {
  readonly expired: boolean;
  readonly chainInvalid: boolean;
  readonly findings: readonly Finding[];
}

/**
 * Judges the authority behind a timestamp, always as of now: a timestamp counts only as long as its authority's chain is valid.
 *
 * @param signerExpires when the signer's own chain ends.
 */
function judgeTimestamp({ time, chain }: Timestamp, signerExpires: number | undefined, context: Context): JudgedTimestamp {
  const untrusted = chain.filter((link) => !context.anchors.has(link));
  const expired = untrusted.filter((link) => validity(link, context.at) === "expired");
  const pathAt = (date: number): PathProblem | undefined =>
    findPath(chain, context.anchors, "time-stamping", {
      constraints: context.certPath,
      blocked: context.blocked,
      date,
      algorithmDate: context.at,
    });
  const path = pathAt(context.at);
  // Java looks no further once a certificate has expired, not even at its signature.
  const pathThen = path?.code === "expired" ? pathAt(time) : path;
  const chainInvalid = path !== undefined && !(path.code === "expired" && expired.length > 0);
  const who = chain[0]?.subject.text ?? "an unknown authority";
  const signerEnded = signerExpires !== undefined && signerExpires <= context.at;
  const findings: Finding[] = expired.map(({ subject, notAfter }) =>
    finding(
      signerEnded ? "timestamp-expired" : "timestamp-authority-expired",
      `The timestamp's certificate of ${subject.text} expired on ${day(notAfter)}${signerEnded ? ", and so did the signer's" : ""}.`,
    ),
  );
  if (pathThen !== undefined && context.anchors.anchors.length > 0) {
    findings.push(finding("timestamp-untrusted", `The time-stamping authority ${who} is not trusted: ${pathThen.reason}.`));
  }
  if (time > context.at) {
    findings.push(finding("timestamp-in-future", `The timestamp is of ${day(time)}, which is later than now.`));
  }
  return {
    expired: expired.length > 0,
    chainInvalid,
    findings: [...findings, ...expirySoon("timestamp-expires-soon", untrusted, context.at)],
  };
}

/** Warns about the first certificate that ends within a year, in days. */
function expirySoon(code: FindingCode, certificates: readonly Certificate[], now: number): Finding[] {
  const [first] = [...certificates].sort((one, other) => one.notAfter - other.notAfter);
  if (first === undefined || first.notAfter < now || first.notAfter >= now + soon) {
    return [];
  }
  const days = Math.floor((first.notAfter - now) / dayLength);
  return [finding(code, `The certificate of ${first.subject.text} expires in ${days} days, on ${day(first.notAfter)}.`)];
}
