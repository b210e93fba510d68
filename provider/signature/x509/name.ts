import { printableLine } from "../../vocabulary/printable";
import { Asn1Error } from "../asn1/asn1-error";
import type { Asn1Node } from "../asn1/node";

/** A distinguished name, comparable and readable. */
export interface Name {
  /** Equal for names that Java takes for the same (RFC 2253 form: case, spaces and Unicode form do not count). */
  readonly canonical: string;
  /** The canonical form of each part, in the order of the certificate. */
  readonly parts: readonly string[];
  /** For people: `CN=..., O=...`, most special part first. */
  readonly text: string;
  readonly attributes: readonly NameAttribute[];
  /** The common name that Java takes for the host, where there is one: the first one of the last part that has any. */
  readonly common?: string;
}

export interface NameAttribute {
  readonly oid: string;
  readonly text: string;
}

/** Keywords of RFC 2253. Attributes without one are compared byte by byte. */
const keywords: ReadonlyMap<string, string> = new Map([
  ["2.5.4.3", "cn"],
  ["2.5.4.6", "c"],
  ["2.5.4.7", "l"],
  ["2.5.4.8", "st"],
  ["2.5.4.9", "street"],
  ["2.5.4.10", "o"],
  ["2.5.4.11", "ou"],
  ["0.9.2342.19200300.100.1.25", "dc"],
  ["0.9.2342.19200300.100.1.1", "uid"],
]);

const commonNameOid = "2.5.4.3";
export const emailAddressOid = "1.2.840.113549.1.9.1";

export function readName(node: Asn1Node): Name {
  const sequence = node.sequence();
  const parts: string[] = [];
  const attributes: NameAttribute[] = [];
  let common: string | undefined;
  while (sequence.more) {
    const values = sequence.next().set().map(readAttribute);
    if (values.length === 0) {
      throw new Asn1Error("a name with an empty part");
    }
    parts.push(
      values
        .map((value) => value.canonical)
        .sort()
        .join("+"),
    );
    for (const value of values) attributes.push(value);
    common = values.find(({ oid }) => oid === commonNameOid)?.text ?? common;
  }
  return {
    canonical: parts.join(","),
    parts,
    text: attributes
      .map(({ oid, text }) => `${(keywords.get(oid) ?? oid).toUpperCase()}=${printableLine(text)}`)
      .reverse()
      .join(", "),
    attributes,
    ...(common === undefined ? {} : { common }),
  };
}

export function sameName(one: Name, other: Name): boolean {
  return one.canonical === other.canonical;
}

function readAttribute(node: Asn1Node): NameAttribute & { readonly canonical: string } {
  const fields = node.sequence();
  const oid = fields.next().oid();
  const value = fields.next();
  fields.end();
  return { oid, text: readText(value), canonical: canonical(oid, value) };
}

function canonical(oid: string, value: Asn1Node): string {
  const keyword = keywords.get(oid);
  if (keyword === undefined || !(value.is("printableString") || value.is("utf8String"))) {
    return `${oid}=#${value.der().toString("hex")}`;
  }
  const text = value.content().toString("utf8").replace(/ +/g, " ").trim();
  const escaped = text.replace(/[,+<>;"\\=#]/g, (character) => `\\${character}`);
  return `${keyword}=${escaped.toUpperCase().toLowerCase().normalize("NFKD")}`;
}

function readText(value: Asn1Node): string {
  if (value.constructed) {
    return "?";
  }
  const content = value.content();
  if (value.is("bmpString")) {
    return Buffer.from(content).swap16().toString("utf16le");
  }
  return value.is("utf8String") ? content.toString("utf8") : content.toString("latin1");
}
