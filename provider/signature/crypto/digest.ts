import { createHash } from "node:crypto";
import type { Hash } from "node:crypto";

/** node:crypto's names of the digests that Java knows, by Java's names in upper case. */
const nodeNames: ReadonlyMap<string, string> = new Map([
  ["MD5", "md5"],
  ["SHA", "sha1"],
  ["SHA1", "sha1"],
  ["SHA-1", "sha1"],
  ["SHA224", "sha224"],
  ["SHA-224", "sha224"],
  ["SHA256", "sha256"],
  ["SHA-256", "sha256"],
  ["SHA384", "sha384"],
  ["SHA-384", "sha384"],
  ["SHA512", "sha512"],
  ["SHA-512", "sha512"],
  ["SHA512/224", "sha512-224"],
  ["SHA-512/224", "sha512-224"],
  ["SHA512/256", "sha512-256"],
  ["SHA-512/256", "sha512-256"],
  ["SHA3-224", "sha3-224"],
  ["SHA3-256", "sha3-256"],
  ["SHA3-384", "sha3-384"],
  ["SHA3-512", "sha3-512"],
]);

/** node:crypto's name of a digest; undefined if Java or OpenSSL does not know it. */
export function nodeDigest(name: string): string | undefined {
  return nodeNames.get(name.toUpperCase());
}

/** A digest in progress; undefined if the algorithm is unknown. */
export function startDigest(name: string): Hash | undefined {
  const known = nodeDigest(name);
  return known === undefined ? undefined : createHash(known);
}

/** Whether {@link digest} knows an algorithm. */
export function isDigest(name: string): boolean {
  return isShake(name) || nodeDigest(name) !== undefined;
}

/** Digest of some bytes; undefined if the algorithm is unknown. SHAKE256 gives 64 bytes, as CMS asks (RFC 8419). */
export function digest(name: string, ...bytes: readonly Buffer[]): Buffer | undefined {
  const hash = isShake(name) ? createHash("shake256", { outputLength: 64 }) : startDigest(name);
  if (hash === undefined) {
    return undefined;
  }
  for (const piece of bytes) {
    hash.update(piece);
  }
  return hash.digest();
}

function isShake(name: string): boolean {
  return name === "SHAKE256" || name === "SHAKE256-LEN";
}
