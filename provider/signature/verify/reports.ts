import type { CertificateReport, SignerReport, TimestampReport } from "../verdict.types";
import type { Certificate } from "../x509/certificate";
import type { Context } from "./context";
import type { JudgedSigner } from "./judge-signer";
import type { Signer } from "./signer";

export function reportSigner(signer: Signer, { flags }: JudgedSigner, entries: number, context: Context): SignerReport {
  const { certificate, chain, block, uses } = signer;
  const { algorithm, size, curve } = certificate.publicKey;
  const judged = context.anchors.anchors.length > 0;
  return {
    ...reportCertificate(certificate),
    block,
    algorithms: uses.map(({ name }) => name),
    key: [algorithm, curve ?? size].filter((part) => part !== undefined).join(" "),
    chain: chain.slice(1).map(reportCertificate),
    entries,
    trusted: judged ? !flags.chainInvalid : null,
    timestamp: reportTimestamp(signer, judged ? !flags.timestampChainInvalid : null),
  };
}

/** The latest timestamp, if every signer has one. */
export function latestTimestamp(signers: readonly SignerReport[]): TimestampReport | null {
  const timestamps = signers.map(({ timestamp }) => timestamp);
  if (timestamps.includes(null)) {
    return null;
  }
  return timestamps.reduce((latest, one) => (latest === null || (one !== null && one.time > latest.time) ? one : latest), null);
}

function reportTimestamp({ timestamp }: Signer, trusted: boolean | null): TimestampReport | null {
  const authority = timestamp?.chain[0];
  return timestamp === undefined || authority === undefined
    ? null
    : { time: iso(timestamp.time), authority: reportCertificate(authority), trusted };
}

function reportCertificate({ subject, issuer, serial, sha256, notBefore, notAfter }: Certificate): CertificateReport {
  return {
    subject: subject.text,
    issuer: issuer.text,
    serial: serial.toString(16),
    sha256,
    notBefore: iso(notBefore),
    notAfter: iso(notAfter),
  };
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
