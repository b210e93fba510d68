import { createHash } from "node:crypto";
import { Asn1Error } from "../asn1/asn1-error";
import type { Asn1Node } from "../asn1/node";
import { parseAsn1 } from "../asn1/parse";
import { contentTypes } from "../cms/oids";
import { isSelfIssued, parseCertificate } from "../x509/certificate";
import type { Certificate } from "../x509/certificate";
import { checkMac, decrypt } from "./pkcs12-crypto";
import type { StoreEntry } from "./store-entry";
import type { Anchor, StoreContents } from "./trust-anchors";

const sequenceTag = 0x30;
const encryptedData = "1.2.840.113549.1.7.6";
const certificateBag = "1.2.840.113549.1.12.10.1.3";
const keyBags: ReadonlySet<string> = new Set(["1.2.840.113549.1.12.10.1.1", "1.2.840.113549.1.12.10.1.2"]);
const x509Certificate = "1.2.840.113549.1.9.22.1";
const friendlyName = "1.2.840.113549.1.9.20";
const localKeyId = "1.2.840.113549.1.9.21";
/** Oracle's attribute for certificates that are trusted: without it Java takes a certificate of the store for no anchor. */
const trustedKeyUsage = "2.16.840.1.113894.746875.1.1";

export function isPkcs12(bytes: Buffer): boolean {
  return bytes[0] === sequenceTag;
}

/**
 * Reads a PKCS#12 store (RFC 7292): with a password (old and new ciphers), or without any, as `cacerts` is since JDK 18.
 *
 * Java trusts a certificate of it only if its bag carries Oracle's attribute for that, or if it belongs to a private key and is
 * self-signed; the same holds here.
 *
 * @throws Error with a clause that says what is wrong.
 */
export function readPkcs12(bytes: Buffer, password: string | undefined): StoreContents {
  const bags = readBags(bytes, password);
  const keys = new Set(bags.filter(({ type }) => keyBags.has(type)).map(({ keyId }) => keyId));
  const anchors: Anchor[] = [];
  const others: Certificate[] = [];
  for (const bag of bags) {
    if (bag.certificate === undefined) {
      continue;
    }
    const ofKey = bag.keyId !== undefined && keys.has(bag.keyId);
    if (bag.trusted || (ofKey && isSelfIssued(bag.certificate))) {
      anchors.push({ certificate: bag.certificate, jdk: bag.alias.includes(" [jdk") });
    } else if (ofKey) {
      others.push(bag.certificate);
    }
  }
  return { anchors, others };
}

/** What stands in such a store under which alias: a private key and its certificates are several. */
export function pkcs12Entries(bytes: Buffer, password: string | undefined): StoreEntry[] {
  return readBags(bytes, password).map(({ alias, certificate, trusted, value }) =>
    certificate !== undefined && trusted
      ? { alias, is: "certificate", sha256: certificate.sha256 }
      : { alias, is: "other", sha256: createHash("sha256").update(value).digest("hex") },
  );
}

interface Bag {
  readonly type: string;
  readonly certificate: Certificate | undefined;
  readonly alias: string;
  readonly keyId: string | undefined;
  readonly trusted: boolean;
  /** What is in it, as it stands there. */
  readonly value: Buffer;
}

function readBags(bytes: Buffer, password: string | undefined): Bag[] {
  const fields = parseAsn1(bytes).sequence();
  if (fields.next().integer() !== 3n) {
    throw new Error("it is no PKCS#12 store of version 3");
  }
  const authenticated = contentOf(fields.next(), contentTypes.data).octets();
  const mac = fields.more ? fields.next() : undefined;
  fields.end();
  if (mac !== undefined && password !== undefined) {
    checkMac(mac, authenticated, password);
  }
  return list(parseAsn1(authenticated)).flatMap((safe) => list(parseAsn1(openSafe(safe, password))).map(readBag));
}

function openSafe(safe: Asn1Node, password: string | undefined): Buffer {
  const type = safe.sequence().next().oid();
  if (type === contentTypes.data) {
    return contentOf(safe, type).octets();
  }
  if (type !== encryptedData) {
    throw new Error("its contents are protected in an unknown way");
  }
  if (password === undefined) {
    throw new Error("it is encrypted, and no password was given");
  }
  return decrypt(contentOf(safe, type), password);
}

function contentOf(info: Asn1Node, expected: string): Asn1Node {
  const fields = info.sequence();
  const type = fields.next().oid();
  const [content] = fields.optionalContext(0)?.children() ?? [];
  fields.end();
  if (type !== expected || content === undefined) {
    throw new Asn1Error(`content of type ${type}, expected ${expected}`);
  }
  return content;
}

function readBag(node: Asn1Node): Bag {
  const fields = node.sequence();
  const type = fields.next().oid();
  const [value] = fields.next().children();
  const attributes = new Map((fields.more ? fields.next().set() : []).map(readAttribute));
  fields.end();
  return {
    type,
    certificate: type === certificateBag && value !== undefined ? readCertificateBag(value) : undefined,
    alias: Buffer.from(attributes.get(friendlyName)?.content() ?? "")
      .swap16()
      .toString("utf16le"),
    keyId: attributes.get(localKeyId)?.octets().toString("hex"),
    trusted: attributes.has(trustedKeyUsage),
    value: value?.der() ?? Buffer.alloc(0),
  };
}

function readAttribute(node: Asn1Node): readonly [string, Asn1Node | undefined] {
  const fields = node.sequence();
  return [fields.next().oid(), fields.next().set()[0]];
}

function readCertificateBag(value: Asn1Node): Certificate | undefined {
  const fields = value.sequence();
  if (fields.next().oid() !== x509Certificate) {
    return undefined;
  }
  const [content] = fields.next().children();
  return content === undefined ? undefined : parseCertificate(content.octets());
}

function list(node: Asn1Node): Asn1Node[] {
  const fields = node.sequence();
  const nodes: Asn1Node[] = [];
  while (fields.more) {
    nodes.push(fields.next());
  }
  return nodes;
}
