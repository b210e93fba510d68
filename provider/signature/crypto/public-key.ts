import { createPublicKey } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { readAlgorithm } from "../asn1/algorithm-identifier";
import type { Asn1Node } from "../asn1/node";

/** A public key with what constraints ask of it. */
export interface PublicKey {
  /** Java's name of its algorithm. */
  readonly algorithm: "RSA" | "RSASSA-PSS" | "DSA" | "EC" | "EdDSA" | "unknown";
  /** Bits; undefined if it cannot be told. */
  readonly size: number | undefined;
  /** Of an EC key, as OpenSSL calls it. */
  readonly curve: string | undefined;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Buffer;
  /** Undefined if OpenSSL, or Java, does not know such a key. */
  readonly handle: KeyObject | undefined;
}

const algorithms: Readonly<Record<string, PublicKey["algorithm"]>> = {
  rsa: "RSA",
  "rsa-pss": "RSASSA-PSS",
  dsa: "DSA",
  ec: "EC",
  ed25519: "EdDSA",
  ed448: "EdDSA",
};

/** Sizes of the curves that JDK 17 still knows (JDK-8235540 removed the others). */
const curveSizes: Readonly<Record<string, number>> = { prime256v1: 256, secp384r1: 384, secp521r1: 521 };

/** Java knows no smaller RSA key. */
const smallestModulus = 512;

/** Reads a SubjectPublicKeyInfo. A key that nobody can use is no error here: nothing will verify with it. */
export function readPublicKey(node: Asn1Node): PublicKey {
  const spki = node.der();
  const unusable: PublicKey = { algorithm: "unknown", size: undefined, curve: undefined, spki, handle: undefined };
  try {
    const handle = createPublicKey({ key: spki, format: "der", type: "spki" });
    const algorithm = algorithms[handle.asymmetricKeyType ?? ""] ?? "unknown";
    const details = handle.asymmetricKeyDetails ?? {};
    const curve = details.namedCurve;
    if (algorithm === "EC") {
      // OpenSSL recognizes a curve whose numbers are written out; Java reads names only.
      const size = namesItsCurve(node) ? curveSizes[curve ?? ""] : undefined;
      return size === undefined ? { ...unusable, algorithm, curve } : { algorithm, size, curve, spki, handle };
    }
    const usable = algorithm !== "unknown" && (details.modulusLength ?? smallestModulus) >= smallestModulus;
    return { algorithm, size: details.modulusLength, curve: undefined, spki, handle: usable ? handle : undefined };
  } catch {
    return unusable;
  }
}

function namesItsCurve(node: Asn1Node): boolean {
  return readAlgorithm(node.sequence().next()).parameters?.is("oid") === true;
}
