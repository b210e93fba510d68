/** Digest algorithms by OID, under the names that Java gives them. */
export const digestNames: ReadonlyMap<string, string> = new Map([
  ["1.2.840.113549.2.2", "MD2"],
  ["1.2.840.113549.2.5", "MD5"],
  ["1.3.14.3.2.26", "SHA-1"],
  ["2.16.840.1.101.3.4.2.4", "SHA-224"],
  ["2.16.840.1.101.3.4.2.1", "SHA-256"],
  ["2.16.840.1.101.3.4.2.2", "SHA-384"],
  ["2.16.840.1.101.3.4.2.3", "SHA-512"],
  ["2.16.840.1.101.3.4.2.5", "SHA-512/224"],
  ["2.16.840.1.101.3.4.2.6", "SHA-512/256"],
  ["2.16.840.1.101.3.4.2.7", "SHA3-224"],
  ["2.16.840.1.101.3.4.2.8", "SHA3-256"],
  ["2.16.840.1.101.3.4.2.9", "SHA3-384"],
  ["2.16.840.1.101.3.4.2.10", "SHA3-512"],
  ["2.16.840.1.101.3.4.2.12", "SHAKE256"],
  ["2.16.840.1.101.3.4.2.18", "SHAKE256-LEN"],
]);

export type KeyAlgorithm = "RSA" | "RSASSA-PSS" | "DSA" | "ECDSA" | "Ed25519" | "Ed448";

export interface SignatureAlgorithm {
  /** As Java writes it, such as `SHA256withRSA`; what constraints are checked against. */
  readonly name: string;
  readonly key: KeyAlgorithm;
  /** Absent where the OID names a key alone, or the digest stands in parameters. */
  readonly digest?: string;
}

const withDigest = (digest: string, key: "RSA" | "DSA" | "ECDSA"): SignatureAlgorithm => ({
  name: `${digest.startsWith("SHA-") ? `SHA${digest.slice(4)}` : digest}with${key}`,
  key,
  digest,
});

/**
 * Signature algorithms by OID: exact, nothing by prefix. An unknown OID that looks like one of a family is an unknown algorithm.
 */
export const signatureAlgorithms: ReadonlyMap<string, SignatureAlgorithm> = new Map<string, SignatureAlgorithm>([
  ["1.2.840.113549.1.1.1", { name: "RSA", key: "RSA" }],
  ["1.2.840.113549.1.1.2", withDigest("MD2", "RSA")],
  ["1.2.840.113549.1.1.4", withDigest("MD5", "RSA")],
  ["1.2.840.113549.1.1.5", withDigest("SHA-1", "RSA")],
  ["1.3.14.3.2.29", withDigest("SHA-1", "RSA")],
  ["1.2.840.113549.1.1.14", withDigest("SHA-224", "RSA")],
  ["1.2.840.113549.1.1.11", withDigest("SHA-256", "RSA")],
  ["1.2.840.113549.1.1.12", withDigest("SHA-384", "RSA")],
  ["1.2.840.113549.1.1.13", withDigest("SHA-512", "RSA")],
  ["1.2.840.113549.1.1.15", withDigest("SHA-512/224", "RSA")],
  ["1.2.840.113549.1.1.16", withDigest("SHA-512/256", "RSA")],
  ["2.16.840.1.101.3.4.3.13", withDigest("SHA3-224", "RSA")],
  ["2.16.840.1.101.3.4.3.14", withDigest("SHA3-256", "RSA")],
  ["2.16.840.1.101.3.4.3.15", withDigest("SHA3-384", "RSA")],
  ["2.16.840.1.101.3.4.3.16", withDigest("SHA3-512", "RSA")],
  ["1.2.840.113549.1.1.10", { name: "RSASSA-PSS", key: "RSASSA-PSS" }],
  ["1.2.840.10040.4.1", { name: "DSA", key: "DSA" }],
  ["1.2.840.10040.4.3", withDigest("SHA-1", "DSA")],
  ["1.3.14.3.2.27", withDigest("SHA-1", "DSA")],
  ["2.16.840.1.101.3.4.3.1", withDigest("SHA-224", "DSA")],
  ["2.16.840.1.101.3.4.3.2", withDigest("SHA-256", "DSA")],
  ["2.16.840.1.101.3.4.3.3", withDigest("SHA-384", "DSA")],
  ["2.16.840.1.101.3.4.3.4", withDigest("SHA-512", "DSA")],
  ["2.16.840.1.101.3.4.3.5", withDigest("SHA3-224", "DSA")],
  ["2.16.840.1.101.3.4.3.6", withDigest("SHA3-256", "DSA")],
  ["2.16.840.1.101.3.4.3.7", withDigest("SHA3-384", "DSA")],
  ["2.16.840.1.101.3.4.3.8", withDigest("SHA3-512", "DSA")],
  ["1.2.840.10045.2.1", { name: "EC", key: "ECDSA" }],
  // ecdsa-with-Specified: the digest stands in the parameters, and Java goes by the signer's digest anyway.
  ["1.2.840.10045.4.3", { name: "SpecifiedSHA2withECDSA", key: "ECDSA" }],
  ["1.2.840.10045.4.1", withDigest("SHA-1", "ECDSA")],
  ["1.2.840.10045.4.3.1", withDigest("SHA-224", "ECDSA")],
  ["1.2.840.10045.4.3.2", withDigest("SHA-256", "ECDSA")],
  ["1.2.840.10045.4.3.3", withDigest("SHA-384", "ECDSA")],
  ["1.2.840.10045.4.3.4", withDigest("SHA-512", "ECDSA")],
  ["2.16.840.1.101.3.4.3.9", withDigest("SHA3-224", "ECDSA")],
  ["2.16.840.1.101.3.4.3.10", withDigest("SHA3-256", "ECDSA")],
  ["2.16.840.1.101.3.4.3.11", withDigest("SHA3-384", "ECDSA")],
  ["2.16.840.1.101.3.4.3.12", withDigest("SHA3-512", "ECDSA")],
  ["1.3.101.112", { name: "Ed25519", key: "Ed25519" }],
  ["1.3.101.113", { name: "Ed448", key: "Ed448" }],
]);
