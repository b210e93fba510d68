import { verifySignature } from "./key-signature";
import type { Certificate, PublicKey } from "./public-key.types";
import { MalformedBytes, WireReader } from "./wire";

const kinds: Readonly<Record<number, Certificate["kind"]>> = { 1: "user", 2: "host" };
// SSHKEY_CERT_MAX_PRINCIPALS, sshkey.h
const mostPrincipals = 256;

/**
 * Reads the part of a certificate that comes after its key.
 *
 * @see https://cvsweb.openbsd.org/src/usr.bin/ssh/PROTOCOL.certkeys
 * @throws MalformedBytes if it cannot be read or its authority has not signed it.
 */
export function readCertificate(wire: WireReader, whole: Buffer, readKey: (bytes: Buffer) => PublicKey): Certificate {
  wire.uint64();
  const kind = kinds[wire.uint32()];
  const id = wire.text();
  const principals = texts(wire.bytes());
  const [validAfter, validBefore] = [wire.uint64(), wire.uint64()];
  const criticalOptions = options(wire.bytes());
  options(wire.bytes());
  wire.bytes();
  const authorityBytes = wire.bytes();
  const signedBytes = whole.subarray(0, wire.at);
  const signature = wire.bytes();
  if (kind === undefined) throw new MalformedBytes("it is a certificate for neither users nor hosts");
  // Read only here: an authority cannot be a certificate itself, so this goes one level deep.
  if (new WireReader(authorityBytes).text().includes("-cert-")) throw new MalformedBytes("its authority is a certificate");
  const authority = readKey(authorityBytes);
  const signatureType = verifySignature(authority, signature, signedBytes);
  return { kind, id, principals, validAfter, validBefore, criticalOptions, authority, signatureType };
}

function texts(bytes: Buffer): readonly string[] {
  const wire = new WireReader(bytes);
  const found: string[] = [];
  while (!wire.over) {
    if (found.length >= mostPrincipals) throw new MalformedBytes("it names too many principals");
    found.push(wire.text());
  }
  return found;
}

function options(bytes: Buffer): readonly string[] {
  const wire = new WireReader(bytes);
  const names: string[] = [];
  for (; !wire.over; wire.bytes()) names.push(wire.bytes().toString("latin1"));
  return names;
}

// OpenSSH's CASignatureAlgorithms: no SHA-1.
const authorityAlgorithms = [
  "ssh-ed25519",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "sk-ssh-ed25519@openssh.com",
  "sk-ecdsa-sha2-nistp256@openssh.com",
  "rsa-sha2-512",
  "rsa-sha2-256",
];

/**
 * Why a certificate does not speak for a host; undefined: it does. A certificate that names no host is refused, as by OpenSSH since
 * 10.3; before, it spoke for all. Patterns in its names, which 10.3 takes, are not taken.
 */
export function hostCertificateFault(certificate: Certificate, host: string, nowSeconds: number): string | undefined {
  const now = BigInt(Math.floor(nowSeconds));
  if (certificate.kind !== "host") return "it is a certificate for users";
  if (now < certificate.validAfter) return "it is not valid yet";
  if (now >= certificate.validBefore) return "it has expired";
  if (certificate.principals.length === 0) return "it names no host";
  if (!certificate.principals.includes(host)) return `it is for ${certificate.principals.join(", ")}, not for ${host}`;
  if (certificate.criticalOptions.length > 0) return `it demands ${certificate.criticalOptions.join(", ")}, which is not known`;
  return authorityAlgorithms.includes(certificate.signatureType) ? undefined : `it is signed by ${certificate.signatureType}`;
}
