import { isSelfIssued, parseCertificate, validity } from "../x509/certificate";

const block = /-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]*?)-----END \1-----/g;

/** What a certificate that is to be trusted says of itself. */
export interface CertificateFile {
  readonly der: Buffer;
  readonly pem: string;
  /** Of the DER, in hex: its fingerprint. */
  readonly sha256: string;
  /** `CN=..., O=...` */
  readonly subject: string;
  /** Of its subject; undefined: it has none. */
  readonly commonName: string | undefined;
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly now: "valid" | "early" | "expired";
  /** `authority`: it vouches for others. `open authority`: for whomever it likes and for every purpose. */
  readonly kind: "authority" | "open authority" | "other";
}

/**
 * Reads a file with one certificate, in PEM or DER.
 *
 * @param now in milliseconds since 1970.
 * @throws Error with a clause that says what is wrong.
 */
export function readCertificateFile(bytes: Buffer, now: number): CertificateFile {
  const certificate = parseCertificate(derOf(bytes));
  const { der, sha256, subject, notBefore, notAfter, extensions } = certificate;
  const { basicConstraints, nameConstraints, extendedKeyUsage } = extensions;
  const isAuthority = basicConstraints?.ca === true || (certificate.version === 1 && isSelfIssued(certificate));
  const isOpen = nameConstraints === undefined && extendedKeyUsage === undefined;
  return {
    ...{ der, pem: toPem(der), sha256, subject: subject.text, commonName: subject.common, notBefore, notAfter },
    now: validity(certificate, now),
    kind: !isAuthority ? "other" : isOpen ? "open authority" : "authority",
  };
}

function derOf(bytes: Buffer): Buffer {
  if (bytes[0] === 0x30) return bytes;
  const blocks = [...bytes.toString("latin1").matchAll(block)];
  if (blocks.some(([, label = ""]) => label.includes("PRIVATE KEY"))) {
    throw new Error("it holds a private key, which does not belong there: give the certificate alone");
  }
  const certificates = blocks.filter(([, label = ""]) => /^(?:X509 |TRUSTED )?CERTIFICATE$/.test(label));
  const [first, ...others] = certificates;
  if (first === undefined) throw new Error("it holds no certificate in PEM or DER");
  if (others.length > 0) {
    throw new Error(
      `it holds ${String(certificates.length)} certificates: give the one that is to be trusted, mostly the root, and a resource to each further one`,
    );
  }
  return Buffer.from(first[2] ?? "", "base64");
}

/** The same as text. */
function toPem(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
