import { Asn1Error } from "../asn1/asn1-error";
import type { Asn1Node } from "../asn1/node";
import type { UniversalTag } from "../asn1/tags";
import { readGeneralNames } from "../x509/general-name";
import { attributeOids } from "./oids";

/** Attributes of a SignerInfo (RFC 5652, 5.3). */
export interface CmsAttributes {
  /** Their DER encoding as a SET, which is what a signature over them covers. */
  readonly der: Buffer;
  /** The single value of an attribute; undefined if it is absent. */
  get(oid: string): Asn1Node | undefined;
}

const setTag = 0x31;

/**
 * Attributes of PKCS #9 that no signature of a package needs. Java refuses the first two (PKCS9Attribute), and takes the others apart,
 * which is not done here: a block with one of them does not count.
 */
const refused: ReadonlySet<string> = new Set([
  "1.2.840.113549.1.9.9",
  "1.2.840.113549.1.9.10",
  "1.2.840.113549.1.9.14",
  attributeOids.counterSignature,
]);

const singleValued: ReadonlySet<string> = new Set([
  attributeOids.contentType,
  attributeOids.messageDigest,
  attributeOids.signingTime,
  attributeOids.timestampToken,
  attributeOids.signingCertificate,
  attributeOids.algorithmProtection,
  "1.2.840.113549.1.9.7",
]);

const strings: readonly UniversalTag[] = ["printableString", "t61String", "bmpString", "universalString", "utf8String"];

/** Types of values that Java demands, for attributes whose values are not used. */
const valueTags: ReadonlyMap<string, readonly UniversalTag[]> = new Map([
  ["1.2.840.113549.1.9.1", ["ia5String"]],
  ["1.2.840.113549.1.9.2", ["ia5String", ...strings]],
  ["1.2.840.113549.1.9.7", strings],
  ["1.2.840.113549.1.9.8", strings],
]);

/** @param node the implicitly tagged SET. */
export function readAttributes(node: Asn1Node): CmsAttributes {
  const values = new Map<string, Asn1Node>();
  for (const child of node.children()) {
    const fields = child.sequence();
    const oid = fields.next().oid();
    const [value, ...more] = fields.next().set();
    fields.end();
    if (value === undefined || refused.has(oid) || values.has(oid) || (more.length > 0 && singleValued.has(oid))) {
      throw new Asn1Error(`the attribute ${oid} is empty, there twice, or not allowed`);
    }
    [value, ...more].forEach((one) => checkValue(oid, one));
    values.set(oid, value);
  }
  const der = Buffer.from(node.der());
  der[0] = setTag;
  return { der, get: (oid) => values.get(oid) };
}

function checkValue(oid: string, value: Asn1Node): void {
  switch (oid) {
    case attributeOids.contentType:
      value.oid();
      break;
    case attributeOids.messageDigest:
      value.octets();
      break;
    case attributeOids.signingTime:
      value.time();
      break;
    case attributeOids.timestampToken:
    case attributeOids.algorithmProtection:
      value.sequence();
      break;
    case attributeOids.signingCertificate:
      checkSigningCertificate(value);
      break;
    default:
      if (valueTags.get(oid)?.some((tag) => value.is(tag)) === false) {
        throw new Asn1Error(`the attribute ${oid} has a value of another type`);
      }
  }
}

/** SigningCertificate of RFC 2634, 5.4: digests of certificates, each perhaps with its issuer and serial number, and policies. */
function checkSigningCertificate(value: Asn1Node): void {
  const fields = value.sequence();
  const certificates = fields.next().sequence();
  while (certificates.more) {
    const identifier = certificates.next().sequence();
    identifier.next().octets();
    const issuer = identifier.optional("sequence")?.sequence();
    identifier.end();
    if (issuer !== undefined) {
      readGeneralNames(issuer.next());
      issuer.next().integer();
      issuer.end();
    }
  }
  fields.optional("sequence")?.sequence();
  fields.end();
}
