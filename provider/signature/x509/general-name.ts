import { Asn1Error } from "../asn1/asn1-error";
import type { Asn1Node } from "../asn1/node";
import { readName } from "./name";
import type { Name } from "./name";

/** GeneralName of RFC 5280, 4.2.1.6, as far as name constraints compare it. */
export type GeneralName =
  | { readonly kind: "directory"; readonly name: Name }
  | { readonly kind: "email" | "dns" | "uri"; readonly value: string }
  | { readonly kind: "ip"; readonly value: Buffer }
  | { readonly kind: "other"; readonly tag: number; readonly value: string };

export function readGeneralName(node: Asn1Node): GeneralName {
  const tag = node.contextTag();
  switch (tag) {
    case 1:
      return { kind: "email", value: mailAddress(node.content().toString("latin1")) };
    case 2:
      return { kind: "dns", value: node.content().toString("latin1") };
    case 4: {
      const [inner, ...more] = node.children();
      if (inner === undefined || more.length > 0) {
        throw new Asn1Error("a directory name that is not one name");
      }
      return { kind: "directory", name: readName(inner) };
    }
    case 6:
      return { kind: "uri", value: node.content().toString("latin1") };
    case 7:
      return { kind: "ip", value: ipAddress(node.content()) };
    case 0:
    case 3:
    case 5:
    case 8:
      return { kind: "other", tag, value: node.der().toString("hex") };
    default:
      throw new Asn1Error("a general name of an unknown kind");
  }
}

export function readGeneralNames(node: Asn1Node): GeneralName[] {
  const fields = node.sequence();
  const names: GeneralName[] = [];
  while (fields.more) {
    names.push(readGeneralName(fields.next()));
  }
  if (names.length === 0) {
    throw new Asn1Error("a list of names without any");
  }
  return names;
}

/** What Java demands of a mail address, or of a constraint on some. */
function mailAddress(text: string): string {
  const domain = text.slice(text.indexOf("@") + 1);
  if (domain === "" || domain === ".") {
    throw new Asn1Error("a mail address without a domain");
  }
  return text;
}

/** An address, or one with its mask. */
function ipAddress(bytes: Buffer): Buffer {
  if (![4, 8, 16, 32].includes(bytes.length)) {
    throw new Asn1Error(`an IP address of ${bytes.length} bytes`);
  }
  return bytes;
}
