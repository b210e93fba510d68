import type { Certificate } from "./certificate";
import { keyPurposes } from "./extension-oids";

export type Purpose = "code-signing" | "time-stamping";

/** Why the signer's certificate is not made for that purpose, by the rules of Java's EndEntityChecker; undefined if it is. */
export function purposeProblem(certificate: Certificate, purpose: Purpose): string | undefined {
  const { keyUsage, extendedKeyUsage, netscapeObjectSigning } = certificate.extensions;
  if (keyUsage !== undefined && !keyUsage.has("digitalSignature")) {
    return "its KeyUsage does not include digitalSignature";
  }
  const wanted = purpose === "code-signing" ? keyPurposes.codeSigning : keyPurposes.timeStamping;
  if (extendedKeyUsage === undefined ? purpose === "time-stamping" : !allows(extendedKeyUsage, wanted)) {
    return `its ExtendedKeyUsage does not include ${purpose === "code-signing" ? "codeSigning" : "timeStamping"}`;
  }
  return purpose === "code-signing" && netscapeObjectSigning === false ? "its NetscapeCertType does not include object signing" : undefined;
}

/** The usage bits that jarsigner reports on its own (exit code 8), apart from the chain. */
export function codeSigningUsageProblem(certificate: Certificate): string | undefined {
  const { keyUsage, extendedKeyUsage, netscapeObjectSigning } = certificate.extensions;
  if (keyUsage !== undefined && !keyUsage.has("digitalSignature") && !keyUsage.has("nonRepudiation")) {
    return "its KeyUsage allows no signatures";
  }
  if (extendedKeyUsage !== undefined && !allows(extendedKeyUsage, keyPurposes.codeSigning)) {
    return "its ExtendedKeyUsage does not include codeSigning";
  }
  return netscapeObjectSigning === false ? "its NetscapeCertType does not include object signing" : undefined;
}

function allows(purposes: readonly string[], wanted: string): boolean {
  return purposes.includes(wanted) || purposes.includes(keyPurposes.any);
}
