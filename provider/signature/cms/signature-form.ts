import { Asn1Error } from "../asn1/asn1-error";
import { parseAsn1 } from "../asn1/parse";
import type { KeyAlgorithm } from "../crypto/algorithm-names";
import type { PublicKey } from "../crypto/public-key";

/** Whether a signature has the form that Java demands before it computes anything; one without it is an error there, not a mismatch. */
export function signatureFits(algorithm: KeyAlgorithm, key: PublicKey, signature: Buffer): boolean {
  switch (algorithm) {
    case "RSA":
    case "RSASSA-PSS":
      return key.size === undefined || signature.length === Math.ceil(key.size / 8);
    case "DSA":
    case "ECDSA":
      return isPairOfIntegers(signature);
    case "Ed25519":
      return signature.length === 64;
    case "Ed448":
      return signature.length === 114;
  }
}

function isPairOfIntegers(signature: Buffer): boolean {
  try {
    const fields = parseAsn1(signature).sequence();
    fields.next().integer();
    fields.next().integer();
    fields.end();
    return true;
  } catch (error) {
    if (error instanceof Asn1Error) {
      return false;
    }
    throw error;
  }
}
