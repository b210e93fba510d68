import { createHash } from "node:crypto";

/** A server's public key: its type and its bytes in SSH's own form. */
export interface HostKey {
  readonly type: string;
  readonly bytes: Buffer;
}

/**
 * Reads a key as authorized_keys and known_hosts write it: type, Base64, comment. Whatever stands before the type (a
 * host name, options) is passed over. Undefined if there is no key.
 */
export function parseHostKey(line: string): HostKey | undefined {
  const words = line.trim().split(/\s+/);
  return words.flatMap((type, index) => keyOf(type, words[index + 1]) ?? []).at(0);
}

function keyOf(type: string, base64: string | undefined): HostKey | undefined {
  if (base64 === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  const bytes = Buffer.from(base64, "base64");
  return keyType(bytes) === type ? { type, bytes } : undefined;
}

/** The key that a server presents. */
export function hostKeyOf(bytes: Buffer): HostKey {
  return { type: keyType(bytes) ?? "unknown", bytes };
}

function keyType(bytes: Buffer): string | undefined {
  if (bytes.length < 4) return undefined;
  const length = bytes.readUInt32BE(0);
  return length > 0 && length <= 64 && 4 + length < bytes.length ? bytes.toString("latin1", 4, 4 + length) : undefined;
}

/** The fingerprint as `ssh-keygen -l` prints it: `SHA256:` and unpadded Base64. */
export function fingerprint(key: HostKey): string {
  return `SHA256:${createHash("sha256").update(key.bytes).digest("base64").replace(/=+$/, "")}`;
}

export function keyLine(key: HostKey): string {
  return `${key.type} ${key.bytes.toString("base64")}`;
}

export function sameKey(one: HostKey, other: HostKey): boolean {
  return one.bytes.equals(other.bytes);
}
