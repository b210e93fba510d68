import { digestNames } from "../crypto/algorithm-names";
import { digest } from "../crypto/digest";
import { verifySignature } from "../crypto/verify-signature";
import { SignatureProblem } from "../signature-problem";
import type { Certificate } from "../x509/certificate";
import { pssUses } from "./algorithm-uses";
import type { AlgorithmUse } from "./algorithm-uses";
import { attributeOids, contentTypes } from "./oids";
import { signatureFits } from "./signature-form";
import { signatureScheme } from "./signature-scheme";
import { signerCertificate } from "./signed-data";
import type { SignedData } from "./signed-data";
import type { SignerInfo } from "./signer-info";

const setTag = 0x31;

/** A SignerInfo whose signature is right. */
export interface VerifiedSigner {
  readonly certificate: Certificate;
  readonly uses: readonly AlgorithmUse[];
}

/**
 * Verifies one signer over the content, in the order of Java's SignerInfo.verify.
 *
 * @returns a finding's text if this signer does not count while others of the block may.
 * @throws SignatureProblem if the whole block does not count because of it.
 */
export function verifySigner(
  data: SignedData,
  signer: SignerInfo,
  content: Buffer,
): VerifiedSigner | { readonly invalid: SignatureProblem } {
  const digestName = digestNames.get(signer.digestAlgorithm.oid);
  const signed = signedBytes(data, signer, content, digestName);
  if (signed instanceof SignatureProblem) {
    return { invalid: signed };
  }
  const scheme = signatureScheme(signer);
  const certificate = signerCertificate(data, signer);
  if (certificate === undefined) {
    return { invalid: invalid("signer-certificate-missing", "The certificate of a signer is not in the signature block.") };
  }
  checkCertificate(certificate);
  if (!signatureFits(scheme.key, certificate.publicKey, signer.signature)) {
    throw ignored("signature-invalid", "A signature does not have the form that its key demands.");
  }
  const result = verifySignature(scheme, certificate.publicKey, signed, signer.signature);
  if (result === "unsupported") {
    throw ignored("algorithm-unsupported", `The key of ${certificate.subject.text} cannot be used with ${scheme.name}.`);
  }
  if (result === "invalid") {
    return { invalid: invalid("signature-invalid", `The signature by ${certificate.subject.text} is wrong.`) };
  }
  const digestUse: AlgorithmUse = { name: digestName ?? "", where: "the digest algorithm", keys: "algorithm-only" };
  return {
    certificate,
    uses: [digestUse, { name: scheme.name, where: "the signature algorithm", keys: "with-keys" }, ...pssUses(scheme.pss)],
  };
}

function signedBytes(data: SignedData, signer: SignerInfo, content: Buffer, digestName: string | undefined): Buffer | SignatureProblem {
  const attributes = signer.signedAttributes;
  if (attributes === undefined) {
    checkDirect(data, content);
    return content;
  }
  const contentType = attributes.get(attributeOids.contentType)?.oid();
  const messageDigest = attributes.get(attributeOids.messageDigest)?.octets();
  if (contentType === undefined || messageDigest === undefined) {
    throw ignored("block-malformed", "The signed attributes lack the content type or the message digest.");
  }
  if (contentType !== data.contentType) {
    return invalid("signature-invalid", "The signed content type is another one than the block's.");
  }
  if (digestName === "SHAKE256-LEN" && signer.digestAlgorithm.parameters?.integer() !== 512n) {
    throw ignored("algorithm-unsupported", "SHAKE256 is used with another length than 512 bits.");
  }
  const computed = digestName === undefined ? undefined : digest(digestName, content);
  if (computed === undefined) {
    throw ignored("algorithm-unsupported", `The digest algorithm ${digestName ?? signer.digestAlgorithm.oid} is not known.`);
  }
  return computed.equals(messageDigest)
    ? attributes.der
    : invalid("signature-invalid", "The signature file is not the one that was signed.");
}

/** RFC 5652, 5.3: without signed attributes the content is data, and must not itself look like signed attributes. */
function checkDirect(data: SignedData, content: Buffer): void {
  if (data.contentType !== contentTypes.data) {
    throw ignored("block-content-type", "The signature has no signed attributes although its content is not plain data.");
  }
  if (looksLikeAttributes(content)) {
    throw ignored("signature-file-malformed", "The signature file has the form of signed attributes.");
  }
}

/** Whether the bytes are one SET by their outermost header; Java looks no deeper. */
function looksLikeAttributes(content: Buffer): boolean {
  const [tag, first = 0] = content;
  if (tag !== setTag || first < 0x80) {
    return tag === setTag && content.length === 2 + first;
  }
  const count = first & 0x7f;
  return count === 0 || (count <= 4 && content.length > 2 + count && content.readUIntBE(2, count) === content.length - 2 - count);
}

function checkCertificate(certificate: Certificate): void {
  const { keyUsage, unknownCritical } = certificate.extensions;
  if (unknownCritical) {
    throw ignored("certificate-malformed", `The certificate of ${certificate.subject.text} has an unknown critical extension.`);
  }
  if (keyUsage !== undefined && !keyUsage.has("digitalSignature") && !keyUsage.has("nonRepudiation")) {
    throw ignored("signer-usage", `The certificate of ${certificate.subject.text} allows no signatures (KeyUsage).`);
  }
}

function invalid(code: SignatureProblem["code"], message: string): SignatureProblem {
  return new SignatureProblem(code, "exception", message);
}

function ignored(code: SignatureProblem["code"], message: string): SignatureProblem {
  return new SignatureProblem(code, "ignored", message);
}
