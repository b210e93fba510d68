import { signatureAlgorithms } from "../crypto/algorithm-names";
import { readPssParameters } from "../crypto/pss";
import type { PublicKey } from "../crypto/public-key";
import { verifySignature } from "../crypto/verify-signature";
import { isSelfIssued } from "./certificate";
import type { Certificate } from "./certificate";

/** What was verified already, for as long as certificate and key are kept. */
const verified = new WeakMap<Certificate, WeakMap<PublicKey, boolean>>();

/** Whether that key signed the certificate. */
export function isSignedBy(certificate: Certificate, issuer: PublicKey): boolean {
  const byIssuer = verified.get(certificate) ?? new WeakMap<PublicKey, boolean>();
  const known = byIssuer.get(issuer);
  if (known !== undefined) return known;
  const signed = verify(certificate, issuer);
  verified.set(certificate, byIssuer.set(issuer, signed));
  return signed;
}

function verify(certificate: Certificate, issuer: PublicKey): boolean {
  const algorithm = signatureAlgorithms.get(certificate.signatureAlgorithm.oid);
  if (algorithm === undefined) {
    return false;
  }
  const { parameters } = certificate.signatureAlgorithm;
  if (algorithm.key === "RSASSA-PSS") {
    if (parameters === undefined) {
      return false;
    }
    const pss = readPssParameters(parameters);
    return verifySignature({ key: algorithm.key, digest: pss.digest, pss }, issuer, certificate.signed, certificate.signature) === "valid";
  }
  const { key, digest } = algorithm;
  // EdDSA asks for no digest; under the name of a key alone, which has none either, no signature is valid.
  return verifySignature({ key, digest: digest ?? "" }, issuer, certificate.signed, certificate.signature) === "valid";
}

export function isSelfSigned(certificate: Certificate): boolean {
  return isSelfIssued(certificate) && isSignedBy(certificate, certificate.publicKey);
}
