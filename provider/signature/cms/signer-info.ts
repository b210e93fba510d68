import { readAlgorithm, sameAlgorithm } from "../asn1/algorithm-identifier";
import type { AlgorithmIdentifier } from "../asn1/algorithm-identifier";
import { Asn1Error } from "../asn1/asn1-error";
import type { Asn1Node } from "../asn1/node";
import { readName } from "../x509/name";
import type { Name } from "../x509/name";
import { readAttributes } from "./attributes";
import type { CmsAttributes } from "./attributes";
import { attributeOids } from "./oids";

/** SignerInfo of RFC 5652, 5.3, with a signer named by issuer and serial number (Java knows no other). */
export interface SignerInfo {
  readonly issuer: Name;
  readonly serial: bigint;
  readonly digestAlgorithm: AlgorithmIdentifier;
  readonly signedAttributes: CmsAttributes | undefined;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Buffer;
  readonly unsignedAttributes: CmsAttributes | undefined;
}

export function readSignerInfo(node: Asn1Node): SignerInfo {
  const fields = node.sequence();
  fields.next().integer();
  const identifier = fields.next().sequence();
  const issuer = readName(identifier.next());
  const serial = identifier.next().integer();
  identifier.end();
  const digestAlgorithm = readAlgorithm(fields.next());
  const signed = fields.optionalContext(0);
  const signatureAlgorithm = readAlgorithm(fields.next());
  const signature = fields.next().octets();
  const unsigned = fields.optionalContext(1);
  fields.end();
  const signedAttributes = signed && readAttributes(signed);
  checkAlgorithmProtection(signedAttributes, digestAlgorithm, signatureAlgorithm);
  return {
    issuer,
    serial,
    digestAlgorithm,
    signedAttributes,
    signatureAlgorithm,
    signature,
    unsignedAttributes: unsigned && readAttributes(unsigned),
  };
}

/** CMSAlgorithmProtection of RFC 6211: the algorithms named inside the signature are those used outside. */
function checkAlgorithmProtection(
  attributes: CmsAttributes | undefined,
  digestAlgorithm: AlgorithmIdentifier,
  signatureAlgorithm: AlgorithmIdentifier,
): void {
  const value = attributes?.get(attributeOids.algorithmProtection);
  if (value === undefined) {
    return;
  }
  const fields = value.sequence();
  const digest = readAlgorithm(fields.next());
  const signature = fields.optionalContext(1);
  fields.end();
  if (
    signature === undefined ||
    !sameAlgorithm(digest, digestAlgorithm) ||
    !sameAlgorithm(implicitAlgorithm(signature), signatureAlgorithm)
  ) {
    throw new Asn1Error("the protected algorithms are not those that were used");
  }
}

function implicitAlgorithm(node: Asn1Node): AlgorithmIdentifier {
  const [oid, parameters, ...more] = node.children();
  if (oid === undefined || more.length > 0) {
    throw new Asn1Error("an algorithm identifier of more than two parts");
  }
  return { oid: oid.oid(), parameters: parameters?.is("null") === true ? undefined : parameters };
}
