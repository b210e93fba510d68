import { createPublicKey, type KeyObject, sign } from "node:crypto";
import { keyType, readPublicKey } from "./public-key";
import { wireString } from "./wire";

/** A key that its user can log in with, of whatever origin. */
export interface UserKey {
  /** Of the signature, such as "rsa-sha2-512"; of a certificate with its ending. */
  readonly algorithm: string;
  /** The public key or the certificate as SSH writes it. */
  readonly bytes: Buffer;
  /** The whole signature: its type, its value and what else belongs to it. */
  sign(data: Buffer): Promise<Buffer>;
}

const certified = "-cert-v01@openssh.com";

/**
 * By which algorithms a public key or certificate may sign, best first. A key of type ssh-rsa signs with SHA-2 only: with SHA-1
 * OpenSSH takes none since 8.8.
 */
export function userAlgorithms(type: string): readonly string[] {
  if (type === "ssh-rsa") return ["rsa-sha2-512", "rsa-sha2-256"];
  if (type === `ssh-rsa${certified}`) return [`rsa-sha2-512${certified}`, `rsa-sha2-256${certified}`];
  const known = keyType(type);
  return known === undefined || known.family === "dsa" ? [] : [type];
}

/** The algorithm of the signature itself, without the certificate's ending. */
export function signatureAlgorithm(algorithm: string): string {
  const plain = algorithm.endsWith(certified) ? algorithm.slice(0, -certified.length) : algorithm;
  return plain !== algorithm && plain.startsWith("sk-") ? `${plain}@openssh.com` : plain;
}

/** A private key that its user has given. */
export interface LoginKey {
  readonly secret: KeyObject;
  /** The public key as SSH writes it. */
  readonly bytes: Buffer;
  /** Of the user, signed by an authority: beside the key file as "KEY-cert.pub", or after the key in its text. */
  readonly certificate?: Buffer;
}

/** A private key as it logs in: with its certificate first, where it has one. */
export function userKeys({ secret, bytes, certificate }: LoginKey): readonly UserKey[] {
  return [...(certificate === undefined ? [] : [certificate]), bytes].flatMap((each) =>
    userAlgorithms(readPublicKey(each).type).map((algorithm) => ({
      algorithm,
      bytes: each,
      sign: (data) => Promise.resolve(signature(secret, signatureAlgorithm(algorithm), data)),
    })),
  );
}

/** The public key of a private one as SSH writes it; undefined: SSH knows no such keys. */
export function publicBytes(secret: KeyObject): Buffer | undefined {
  // node:crypto has no such form of others.
  if (!["rsa", "ec", "ed25519"].includes(secret.asymmetricKeyType ?? "")) return undefined;
  const jwk = createPublicKey(secret).export({ format: "jwk" });
  const part = (name: "e" | "n" | "x" | "y"): Buffer => Buffer.from(jwk[name] ?? "", "base64url");
  if (jwk.kty === "RSA") return join("ssh-rsa", positive(part("e")), positive(part("n")));
  if (jwk.kty === "OKP" && jwk.crv === "Ed25519") return join("ssh-ed25519", part("x"));
  const curve = jwk.kty === "EC" ? curves[jwk.crv ?? ""] : undefined;
  return curve === undefined ? undefined : join(`ecdsa-sha2-${curve}`, curve, Buffer.concat([Buffer.from([4]), part("x"), part("y")]));
}

const curves: Readonly<Record<string, string>> = { "P-256": "nistp256", "P-384": "nistp384", "P-521": "nistp521" };

function join(...parts: readonly (Buffer | string)[]): Buffer {
  return Buffer.concat(parts.map(wireString));
}

const hashes: Readonly<Record<string, string>> = {
  "rsa-sha2-512": "sha512",
  "rsa-sha2-256": "sha256",
  "ecdsa-sha2-nistp256": "sha256",
  "ecdsa-sha2-nistp384": "sha384",
  "ecdsa-sha2-nistp521": "sha512",
};

function signature(key: KeyObject, algorithm: string, data: Buffer): Buffer {
  const value = sign(hashes[algorithm] ?? null, data, { key, dsaEncoding: "ieee-p1363" });
  return Buffer.concat([wireString(algorithm), wireString(algorithm.startsWith("ecdsa-") ? twoNumbers(value) : value)]);
}

// https://www.rfc-editor.org/rfc/rfc5656#section-3.1.2
function twoNumbers(value: Buffer): Buffer {
  const half = value.length / 2;
  return Buffer.concat([value.subarray(0, half), value.subarray(half)].map((each) => wireString(positive(each))));
}

function positive(number: Buffer): Buffer {
  const first = number.findIndex((byte) => byte !== 0);
  const short = first < 0 ? Buffer.alloc(0) : number.subarray(first);
  return ((short[0] ?? 0) & 0x80) === 0 ? short : Buffer.concat([Buffer.alloc(1), short]);
}
