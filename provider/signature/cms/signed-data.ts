import { readAlgorithm } from "../asn1/algorithm-identifier";
import { Asn1Error } from "../asn1/asn1-error";
import type { Asn1Node } from "../asn1/node";
import { digestNames } from "../crypto/algorithm-names";
import { readCertificate } from "../x509/certificate";
import type { Certificate } from "../x509/certificate";
import { sameName } from "../x509/name";
import { contentTypes } from "./oids";
import { readSignerInfo } from "./signer-info";
import type { SignerInfo } from "./signer-info";

/** SignedData of RFC 5652, 5.1. */
export interface SignedData {
  readonly contentType: string;
  /** The content, if it is attached and of a type that Java takes (data, or the info of a timestamp). */
  readonly content: Buffer | undefined;
  readonly certificates: readonly Certificate[];
  /** Elements among the certificates that are none: Java passes over them. */
  readonly passedOver: number;
  readonly signerInfos: readonly SignerInfo[];
}

/** Real blocks have one signer or two, and the certificates of their chains. */
const most = { certificates: 100, signers: 20 } as const;

/** @throws Asn1Error where Java's PKCS7 class does not parse it either. */
export function readSignedData(node: Asn1Node): SignedData {
  const outer = node.sequence();
  const type = outer.next().oid();
  const explicit = outer.optionalContext(0);
  outer.end();
  if (type !== contentTypes.signedData || explicit === undefined) {
    throw new Asn1Error(`content of type ${type}, expected signed data`);
  }
  const fields = only(explicit).sequence();
  fields.next().integer();
  fields.next().set().forEach(checkDigestAlgorithm);
  const encapsulated = fields.next().sequence();
  const contentType = encapsulated.next().oid();
  const content = encapsulated.optionalContext(0);
  encapsulated.end();
  const choices = fields.optionalContext(0)?.children() ?? [];
  fields.optionalContext(1)?.children().forEach(checkRevocationList);
  const signers = fields.next().set();
  fields.end();
  if (choices.length > most.certificates || signers.length > most.signers) {
    throw new Asn1Error(
      `${choices.length} certificates and ${signers.length} signers, at most ${most.certificates} and ${most.signers} are read`,
    );
  }
  // CertificateChoices of RFC 5652, 10.2.2: other kinds than certificates are passed over, as in Java.
  const certificates = choices.filter((choice) => choice.is("sequence")).map(readCertificate);
  return {
    contentType,
    content: content === undefined ? undefined : only(content).octets(),
    certificates,
    passedOver: choices.length - certificates.length,
    signerInfos: signers.map(readSignerInfo),
  };
}

/** The certificate that a SignerInfo names. */
export function signerCertificate(data: SignedData, signer: SignerInfo): Certificate | undefined {
  return data.certificates.find(({ serial, issuer }) => serial === signer.serial && sameName(issuer, signer.issuer));
}

function only(node: Asn1Node): Asn1Node {
  const [child, ...more] = node.children();
  if (child === undefined || more.length > 0) {
    throw new Asn1Error("a field that should hold one element");
  }
  return child;
}

/** Nothing depends on this list, but what stands in it has to be what should: Java reads parameters that it knows. */
function checkDigestAlgorithm(node: Asn1Node): void {
  const { oid, parameters } = readAlgorithm(node);
  if (!digestNames.has(oid)) {
    throw new Asn1Error(`the digest algorithm ${oid}, which is not known`);
  }
  parameters?.integer();
}

/** Revocation lists in a block are not used, but they have to be some. */
function checkRevocationList(node: Asn1Node): void {
  const fields = node.sequence();
  fields.next().sequence();
  readAlgorithm(fields.next());
  fields.next().bits();
  fields.end();
}
