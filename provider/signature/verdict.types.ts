import type { Finding } from "./findings";

/** What `jarsigner -verify -strict -keystore ...` of JDK 17 prints as its result. */
export type JarsignerResult = "verified" | "signer-errors" | "treated-unsigned" | "treated-unsigned-weak" | "unsigned" | "exception";

/** What jarsigner says of a package. */
export interface JarsignerVerdict {
  /** Its words. */
  readonly result: JarsignerResult;
  /** Its exit code with `-strict`. */
  readonly exitCode: number;
}

/** A certificate, for people. */
export interface CertificateReport {
  /** Its distinguished name. */
  readonly subject: string;
  /** The distinguished name of whoever issued it. */
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

/** Who signed a package. */
export interface SignerReport extends CertificateReport {
  /** Name of its signature block in the package. */
  readonly block: string;
  /** As Java writes them, such as `SHA256withRSA`. */
  readonly algorithms: readonly string[];
  /** Kind and size of its key, such as `RSA 3072`. */
  readonly key: string;
  /** The rest of its chain in the block, the issuer first. */
  readonly chain: readonly CertificateReport[];
  /** How many entries it signed. */
  readonly entries: number;
  /** Null if no trust store was given. */
  readonly trusted: boolean | null;
  /** When it was signed, by a time-stamping authority; null: there is no timestamp. */
  readonly timestamp: TimestampReport | null;
}

/** A timestamp (RFC 3161). */
export interface TimestampReport {
  /** ISO 8601. */
  readonly time: string;
  /** Who says so. */
  readonly authority: CertificateReport;
  /** Null if no trust store was given. */
  readonly trusted: boolean | null;
}

/** What a release of Tableau would make of a package. */
export interface TableauReport {
  /** The release, such as "2024.2". */
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
  /** What jarsigner says. */
  readonly jarsigner: JarsignerVerdict;
  /** Everything that was found, whether it refuses or warns. */
  readonly findings: readonly Finding[];
  /** Whoever signed it. */
  readonly signers: readonly SignerReport[];
  /** The latest one, if every signer has one; null otherwise. */
  readonly timestamp: TimestampReport | null;
  /** Only where a version of Tableau was named. */
  readonly tableau?: TableauReport;
}
