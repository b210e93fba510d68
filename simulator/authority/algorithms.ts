import { createHash } from "node:crypto";
import { der } from "./der";
import { oids } from "./oids";

/** The only algorithms here. RSA with PKCS#1 v1.5 padding gives the same signature each time. */
export const algorithms = {
  sha256: der.sequence(der.oid(oids.sha256), der.null()),
  sha256WithRsa: der.sequence(der.oid(oids.sha256WithRsaEncryption), der.null()),
};

export function sha256(bytes: Buffer | string): Buffer {
  return createHash("sha256").update(bytes).digest();
}
