import { Asn1Error } from "../asn1/asn1-error";
import type { Asn1Node } from "../asn1/node";
import { attributeOids } from "./oids";

/** Attributes of a SignerInfo (RFC 5652, 5.3). */
export interface CmsAttributes {
  /** Their DER encoding as a SET, which is what a signature over them covers. */
  readonly der: Buffer;
  /** The single value of an attribute; undefined if it is absent. */
  get(oid: string): Asn1Node | undefined;
}

const setTag = 0x31;

/** Attributes that Java knows and refuses (PKCS9Attribute): a block with one of them does not count there. */
const refusedByJava = new Set(["1.2.840.113549.1.9.9", "1.2.840.113549.1.9.10"]);

const singleValued: ReadonlySet<string> = new Set([
  attributeOids.contentType,
  attributeOids.messageDigest,
  attributeOids.signingTime,
  attributeOids.timestampToken,
  attributeOids.signingCertificate,
  attributeOids.algorithmProtection,
  "1.2.840.113549.1.9.7",
  "1.2.840.113549.1.9.14",
]);

/** @param node the implicitly tagged SET. */
export function readAttributes(node: Asn1Node): CmsAttributes {
  const values = new Map<string, Asn1Node>();
  for (const child of node.children()) {
    const fields = child.sequence();
    const oid = fields.next().oid();
    const [value, ...more] = fields.next().set();
    fields.end();
    if (value === undefined || refusedByJava.has(oid) || values.has(oid) || (more.length > 0 && singleValued.has(oid))) {
      throw new Asn1Error(`the attribute ${oid} is empty, there twice, or not allowed`);
    }
    checkValue(oid, value);
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
    case attributeOids.counterSignature:
    case attributeOids.timestampToken:
    case attributeOids.algorithmProtection:
      value.sequence();
      break;
    case attributeOids.signingCertificate:
      value.sequence().next().sequence().next().sequence().next().octets();
      break;
    default:
  }
}
