import { constants, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import type { KeyAlgorithm } from "./algorithm-names";
import { nodeDigest } from "./digest";
import type { PssParameters } from "./pss";
import type { PublicKey } from "./public-key";

export interface SignatureScheme {
  readonly key: KeyAlgorithm;
  /** Java's name; not used by EdDSA. */
  readonly digest: string;
  readonly pss?: PssParameters;
}

/** Which keys may be used with which scheme; anything else is an invalid key in Java. */
const fitting: Readonly<Record<KeyAlgorithm, readonly string[]>> = {
  RSA: ["rsa"],
  "RSASSA-PSS": ["rsa", "rsa-pss"],
  DSA: ["dsa"],
  ECDSA: ["ec"],
  Ed25519: ["ed25519"],
  Ed448: ["ed448"],
};

/**
 * Verifies a signature with node:crypto.
 *
 * @returns `unsupported` if no such signature can be verified with that key or digest at all.
 */
export function verifySignature(
  scheme: SignatureScheme,
  key: PublicKey,
  data: Buffer,
  signature: Buffer,
): "valid" | "invalid" | "unsupported" {
  const { handle } = key;
  if (handle === undefined || !fitting[scheme.key].includes(handle.asymmetricKeyType ?? "")) {
    return "unsupported";
  }
  if (scheme.key === "Ed25519" || scheme.key === "Ed448") {
    return run(() => verify(null, data, handle, signature));
  }
  const digest = nodeDigest(scheme.digest);
  if (digest === undefined) {
    return "unsupported";
  }
  return scheme.key === "RSASSA-PSS"
    ? verifyPss(scheme.pss, digest, handle, data, signature)
    : run(() => verify(digest, data, handle, signature));
}

function verifyPss(
  pss: PssParameters | undefined,
  digest: string,
  handle: KeyObject,
  data: Buffer,
  signature: Buffer,
): "valid" | "invalid" | "unsupported" {
  // node:crypto has no option for another digest in MGF1; Java refuses that too.
  if (pss === undefined || pss.digest !== pss.maskDigest || nodeDigest(pss.digest) !== digest) {
    return "unsupported";
  }
  const key = { key: handle, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: pss.saltLength };
  return run(() => verify(digest, data, key, signature));
}

function run(check: () => boolean): "valid" | "invalid" {
  try {
    return check() ? "valid" : "invalid";
  } catch {
    return "invalid";
  }
}
