import { createHash } from "node:crypto";

/** Bytes, and their SHA-256 in hex. */
export interface Hashed {
  readonly bytes: Buffer;
  readonly sha256: string;
}

/** Bytes with their digest. */
export function hashed(bytes: Buffer): Hashed {
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}
