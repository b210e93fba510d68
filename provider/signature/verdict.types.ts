import type { Finding } from "./findings";

/** What `jarsigner -verify -strict -keystore ...` of JDK 17 prints as its result. */
export type JarsignerResult = "verified" | "signer-errors" | "treated-unsigned" | "treated-unsigned-weak" | "unsigned" | "exception";

export interface JarsignerVerdict {
  readonly result: JarsignerResult;
  readonly exitCode: number;
}

export interface CertificateReport {
  readonly subject: string;
  readonly issuer: string;
  /** Hexadecimal. */
  readonly serial: string;
  /** Of the certificate, hexadecimal. */
  readonly sha256: string;
  /** ISO 8601. */
  readonly notBefore: string;
  /** ISO 8601. */
  readonly notAfter: string;
}

export interface SignerReport extends CertificateReport {
  /** Name of its signature block in the package. */
  readonly block: string;
  /** As Java writes them, such as `SHA256withRSA`. */
  readonly algorithms: readonly string[];
  readonly key: string;
  /** The rest of its chain in the block, the issuer first. */
  readonly chain: readonly CertificateReport[];
  /** How many entries it signed. */
  readonly entries: number;
  /** Null if no trust store was given. */
  readonly trusted: boolean | null;
  readonly timestamp: TimestampReport | null;
}

export interface TimestampReport {
  /** ISO 8601. */
  readonly time: string;
  readonly authority: CertificateReport;
  /** Null if no trust store was given. */
  readonly trusted: boolean | null;
}

export interface TableauReport {
  readonly version: string;
  /** Whether that version would load the package, as far as its signature goes. */
  readonly loads: boolean;
  /** What its log would say. */
  readonly log: readonly string[];
}

/** The whole answer about one package. */
export interface Verdict {
  /** No finding refuses it, and jarsigner would verify it. */
  readonly accepted: boolean;
  readonly jarsigner: JarsignerVerdict;
  readonly findings: readonly Finding[];
  readonly signers: readonly SignerReport[];
  /** The latest one, if every signer has one; null otherwise. */
  readonly timestamp: TimestampReport | null;
  /** Only where a version of Tableau was named. */
  readonly tableau?: TableauReport;
}
