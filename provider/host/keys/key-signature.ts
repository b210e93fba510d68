import { createHash, createPublicKey, type KeyObject, verify } from "node:crypto";
import type { PublicKey } from "./public-key.types";
import { MalformedBytes, WireReader } from "./wire";

const rsaHashes: Readonly<Record<string, string>> = { "ssh-rsa": "sha1", "rsa-sha2-256": "sha256", "rsa-sha2-512": "sha512" };
const curveHashes: Readonly<Record<string, string>> = { nistp256: "sha256", nistp384: "sha384", nistp521: "sha512" };

/**
 * Verifies an SSH signature.
 *
 * @returns its type, such as "rsa-sha2-512".
 * @throws MalformedBytes if it is not this key's signature of the data.
 */
export function verifySignature(key: PublicKey, signature: Buffer, data: Buffer): string {
  const wire = new WireReader(signature);
  const type = wire.text();
  const value = wire.bytes();
  if (!holds(key, type, value, wire, data)) throw new MalformedBytes("its signature does not hold");
  wire.end();
  return type;
}

function holds(key: PublicKey, type: string, value: Buffer, wire: WireReader, data: Buffer): boolean {
  const { family, curve = "" } = key;
  if (family === "rsa") return rsaHolds(key, type, value, data);
  if (type !== plainName(key)) return false;
  if (family === "ed25519") return verify(null, data, keyObject(key), value);
  if (family === "ecdsa") return verify(curveHashes[curve], data, keyObject(key), derOf(value));
  // DSA: what it has signed OpenSSH takes from no authority, and 10.0 knows it no more.
  if (family === "dsa") return false;
  const message = Buffer.concat([sha256(application(key)), wireRest(wire), sha256(data)]);
  return family === "ed25519-sk" ? verify(null, message, keyObject(key), value) : verify("sha256", message, keyObject(key), derOf(value));
}

function rsaHolds(key: PublicKey, type: string, value: Buffer, data: Buffer): boolean {
  const object = keyObject(key);
  const hash = rsaHashes[type];
  const length = Math.ceil((object.asymmetricKeyDetails?.modulusLength ?? 0) / 8);
  if (hash === undefined || value.length > length) return false;
  return verify(hash, data, object, Buffer.concat([Buffer.alloc(length - value.length), value]));
}

/** The type of a key of this family, such as "ssh-ed25519". */
export function plainName({ family, curve = "" }: Pick<PublicKey, "family" | "curve">): string {
  if (family === "ecdsa") return `ecdsa-sha2-${curve}`;
  if (family === "ecdsa-sk") return `sk-ecdsa-sha2-${curve}@openssh.com`;
  if (family === "ed25519-sk") return "sk-ssh-ed25519@openssh.com";
  return family === "dsa" ? "ssh-dss" : `ssh-${family}`;
}

// The flags and the counter of a security key.
function wireRest(wire: WireReader): Buffer {
  const rest = Buffer.alloc(5);
  rest.writeUInt8(wire.byte(), 0);
  rest.writeUInt32BE(wire.uint32(), 1);
  return rest;
}

function sha256(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes).digest();
}

function application(key: PublicKey): Buffer {
  const wire = afterType(key);
  if (key.family === "ecdsa-sk") wire.bytes();
  wire.bytes();
  return Buffer.from(wire.text(), "latin1");
}

/** The key as node:crypto has it; of a certificate the one in it. */
function keyObject(key: PublicKey): KeyObject {
  const wire = afterType(key);
  const jwk = (rest: Record<string, string>): KeyObject => createPublicKey({ format: "jwk", key: rest });
  if (key.family === "rsa") {
    const [e, n] = [wire.number(), wire.number()].map((each) => each.toString("base64url"));
    return jwk({ kty: "RSA", e: e ?? "", n: n ?? "" });
  }
  if (key.family === "ed25519" || key.family === "ed25519-sk") {
    return jwk({ kty: "OKP", crv: "Ed25519", x: wire.bytes().toString("base64url") });
  }
  return pointKey(wire.text(), wire.bytes());
}

function afterType(key: PublicKey): WireReader {
  const wire = new WireReader(key.bytes);
  wire.text();
  if (key.certificate !== undefined) wire.bytes();
  return wire;
}

const jwkCurves: Readonly<Record<string, string>> = { nistp256: "P-256", nistp384: "P-384", nistp521: "P-521" };

/** @throws MalformedBytes if the point is not on its curve. */
export function pointKey(curve: string, bytes: Buffer): KeyObject {
  const size = (bytes.length - 1) / 2;
  const [x, y] = [bytes.subarray(1, 1 + size), bytes.subarray(1 + size)].map((each) => each.toString("base64url"));
  try {
    return createPublicKey({ format: "jwk", key: { kty: "EC", crv: jwkCurves[curve] ?? "", x: x ?? "", y: y ?? "" } });
  } catch {
    throw new MalformedBytes("its point is not on its curve");
  }
}

// https://www.rfc-editor.org/rfc/rfc5656#section-3.1.2 to https://www.rfc-editor.org/rfc/rfc3279#section-2.2.3
function derOf(value: Buffer): Buffer {
  const wire = new WireReader(value);
  const numbers = Buffer.concat([wire.number(), wire.number()].map((each) => der(2, signed(each))));
  wire.end();
  return der(0x30, numbers);
}

function signed(number: Buffer): Buffer {
  return (number[0] ?? 0x80) & 0x80 ? Buffer.concat([Buffer.alloc(1), number]) : number;
}

function der(tag: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(body.length < 0x80 ? [tag, body.length] : [tag, 0x81, body.length]), body]);
}
