import { Asn1Error } from "../asn1/asn1-error";
import type { Asn1Node } from "../asn1/node";
import { decodeOid } from "../asn1/oid";
import { knownToJava } from "./extension-oids";
import { readName } from "./name";
import type { Name } from "./name";
import { readUri, readUriConstraint } from "./uri-name";
import type { UriName } from "./uri-name";

/** GeneralName of RFC 5280, 4.2.1.6, as far as name constraints compare it. */
export type GeneralName =
  | { readonly kind: "directory"; readonly name: Name }
  | { readonly kind: "email" | "dns"; readonly value: string }
  | ({ readonly kind: "uri" } & UriName)
  | { readonly kind: "ip"; readonly value: Buffer }
  | { readonly kind: "oid"; readonly value: string }
  | { readonly kind: "other" };

/** Whether the name stands for itself, or as the base of a subtree in name constraints: Java reads URIs differently there. */
type Place = "name" | "constraint";

/**
 * Reads a name as Java's GeneralName and the classes behind it do, and refuses what any of them refuses.
 *
 * @throws Asn1Error
 */
export function readGeneralName(node: Asn1Node, place: Place): GeneralName {
  const tag = node.contextTag();
  switch (tag) {
    case 0:
      return readOtherName(node);
    case 1:
      return { kind: "email", value: mailAddress(ascii(node)) };
    case 2:
      return { kind: "dns", value: ascii(node) };
    case 4: {
      const [inner, ...more] = node.children();
      if (inner === undefined || more.length > 0) {
        throw new Asn1Error("a directory name that is not one name");
      }
      return { kind: "directory", name: readName(inner) };
    }
    case 6:
      return { kind: "uri", ...(place === "constraint" ? readUriConstraint(ascii(node)) : readUri(ascii(node))) };
    case 7:
      return { kind: "ip", value: ipAddress(node.content()) };
    case 8:
      return { kind: "oid", value: decodeOid(node.content()) };
    default:
      // X.400 addresses and EDI parties are in no certificate that signs code; they are not read here.
      throw new Asn1Error("a general name of a kind that is not read");
  }
}

export function readGeneralNames(node: Asn1Node): GeneralName[] {
  const fields = node.sequence();
  const names: GeneralName[] = [];
  while (fields.more) {
    names.push(readGeneralName(fields.next(), "name"));
  }
  if (names.length === 0) {
    throw new Asn1Error("a list of names without any");
  }
  return names;
}

/** Java takes the number of an extension that it has a class for as that of a name, and fails. */
function readOtherName(node: Asn1Node): GeneralName {
  const [type, value, ...more] = node.children();
  if (type === undefined || value === undefined || more.length > 0 || knownToJava.has(type.oid())) {
    throw new Asn1Error("a name of a kind of its own that has a wrong form");
  }
  return { kind: "other" };
}

/** Java reads other bytes as one and the same character. */
function ascii(node: Asn1Node): string {
  const content = node.content();
  if (content.some((byte) => byte >= 0x80)) {
    throw new Asn1Error("a name with characters that are not ASCII");
  }
  return content.toString("latin1");
}

/** What Java demands of a mail address, or of a constraint on some. */
function mailAddress(text: string): string {
  const domain = text.slice(text.indexOf("@") + 1);
  if (domain === "" || domain === ".") {
    throw new Asn1Error("a mail address without a domain");
  }
  return text;
}

/**
 * An address, or one with its mask. Newer JDKs take an IPv6 address that stands for one of IPv4 for that one, older ones do not: both cannot be
 * right about a constraint.
 */
function ipAddress(bytes: Buffer): Buffer {
  if (![4, 8, 16, 32].includes(bytes.length)) {
    throw new Asn1Error(`an IP address of ${bytes.length} bytes`);
  }
  if (bytes.subarray(0, 12).equals(mapped)) {
    throw new Asn1Error("an IPv6 address that stands for one of IPv4");
  }
  return bytes;
}

const mapped = Buffer.from("00000000000000000000ffff", "hex");
