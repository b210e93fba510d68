import { createHash } from "node:crypto";
import { readCertificate } from "./certificate";
import { plainName, pointKey } from "./key-signature";
import type { KeyFamily, PublicKey } from "./public-key.types";
import { MalformedBytes, WireReader, wireString } from "./wire";

interface KeyType {
  readonly family: KeyFamily;
  readonly curve?: string;
  readonly certificate: "yes" | "no";
}

const certified = "-cert-v01@openssh.com";
const plain = (family: KeyFamily, curve?: string): KeyType => ({ family, certificate: "no", ...(curve === undefined ? {} : { curve }) });

// sshkey.c, keyimpls: also names of signatures stand for the key that makes them.
const plainTypes: readonly (readonly [string, KeyType])[] = [
  ["ssh-ed25519", plain("ed25519")],
  ["sk-ssh-ed25519@openssh.com", plain("ed25519-sk")],
  ...["nistp256", "nistp384", "nistp521"].map((curve) => [`ecdsa-sha2-${curve}`, plain("ecdsa", curve)] as const),
  ["sk-ecdsa-sha2-nistp256@openssh.com", plain("ecdsa-sk", "nistp256")],
  ["webauthn-sk-ecdsa-sha2-nistp256@openssh.com", plain("ecdsa-sk", "nistp256")],
  // No longer known to OpenSSH 10.0: what it would pass over, a line of this type, counts here as one of another key.
  ["ssh-dss", plain("dsa")],
  ...["ssh-rsa", "rsa-sha2-256", "rsa-sha2-512"].map((name) => [name, plain("rsa")] as const),
];

const types: ReadonlyMap<string, KeyType> = new Map([
  ...plainTypes,
  ...plainTypes
    .filter(([name]) => !name.startsWith("webauthn-"))
    .map(([name, type]) => [`${name.replace("@openssh.com", "")}${certified}`, { ...type, certificate: "yes" }] as const),
]);

/** What a name says about the key after it; undefined: no key of that type is known. */
export function keyType(name: string): KeyType | undefined {
  return types.get(name);
}

/** @throws MalformedBytes if it is no key that OpenSSH would take. */
export function readPublicKey(bytes: Buffer): PublicKey {
  const wire = new WireReader(bytes);
  const type = wire.text();
  const found = types.get(type) ?? shortName(type);
  if (found === undefined) throw new MalformedBytes("its type is not known");
  if (found.certificate === "yes") wire.bytes();
  const identity = [found.family, found.curve ?? "", ...material(found, wire)].join(":");
  const certificate = found.certificate === "yes" ? readCertificate(wire, bytes, readPublicKey) : undefined;
  wire.end();
  return {
    type,
    bytes,
    family: found.family,
    ...(found.curve === undefined ? {} : { curve: found.curve }),
    identity,
    ...(certificate === undefined ? {} : { certificate }),
  };
}

// sshkey_type_from_name takes these too, in whatever case.
function shortName(name: string): KeyType | undefined {
  const family = name.toLowerCase();
  return family === "rsa" || family === "dsa" || family === "ed25519" || family === "ed25519-sk" ? plain(family) : undefined;
}

const hex = (bytes: Buffer): string => bytes.toString("hex");

function material({ family, curve }: KeyType, wire: WireReader): readonly string[] {
  switch (family) {
    case "rsa":
      return rsa(wire.number(), wire.number());
    case "dsa":
      return [wire.number(), wire.number(), wire.number(), wire.number()].map(hex);
    case "ed25519":
      return [hex(ed25519(wire.bytes()))];
    case "ed25519-sk":
      return [hex(ed25519(wire.bytes())), wire.text()];
    case "ecdsa":
      return [hex(point(wire.text(), curve, wire.bytes()))];
    case "ecdsa-sk":
      return [hex(point(wire.text(), curve, wire.bytes())), wire.text()];
  }
}

// SSH_RSA_MINIMUM_MODULUS_SIZE, sshkey.h
const leastRsaBits = 1024;

function rsa(exponent: Buffer, modulus: Buffer): readonly string[] {
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  if (modulus.length === 0 || bits < leastRsaBits) throw new MalformedBytes(`its RSA key is shorter than ${String(leastRsaBits)} bits`);
  return [hex(exponent), hex(modulus)];
}

function ed25519(bytes: Buffer): Buffer {
  if (bytes.length !== 32) throw new MalformedBytes("its Ed25519 key has not 32 bytes");
  return bytes;
}

// OpenSSH also refuses points with a coordinate far too small or close to the field's end; nobody can find one.
function point(curve: string, expected: string | undefined, bytes: Buffer): Buffer {
  if (curve !== expected) throw new MalformedBytes("its curve is another one than its type says");
  const size = Math.ceil(Number(curve.slice("nistp".length)) / 8);
  if (bytes.length !== 1 + 2 * size || bytes[0] !== 4) throw new MalformedBytes("its point is not written in full");
  pointKey(curve, bytes);
  return bytes;
}

/** The key without its certificate. */
export function plainKey(key: PublicKey): PublicKey {
  if (key.certificate === undefined) return key;
  const wire = new WireReader(key.bytes);
  const { family, curve } = types.get(wire.text()) ?? {};
  wire.bytes();
  const from = wire.at;
  if (family !== undefined) material(plain(family, curve), wire);
  return readPublicKey(Buffer.concat([wireString(plainName(key)), key.bytes.subarray(from, wire.at)]));
}

/** The same key of the same family; certificates must be the same, too. */
export function sameKey(one: PublicKey, other: PublicKey): boolean {
  if (one.identity !== other.identity) return false;
  if (one.certificate === undefined || other.certificate === undefined) return one.certificate === other.certificate;
  return one.bytes.equals(other.bytes);
}

/** The fingerprint as `ssh-keygen -l` prints it: `SHA256:` and unpadded Base64. */
export function fingerprint(bytes: Buffer): string {
  return `SHA256:${createHash("sha256").update(bytes).digest("base64").replaceAll("=", "")}`;
}
