import { readAlgorithm } from "../asn1/algorithm-identifier";
import { Asn1Error } from "../asn1/asn1-error";
import type { Asn1Node } from "../asn1/node";
import { digestNames } from "./algorithm-names";

export interface PssParameters {
  readonly digest: string;
  readonly maskDigest: string;
  readonly saltLength: number;
}

const mgf1 = "1.2.840.113549.1.1.8";

/** RSASSA-PSS-params of RFC 4055, 3.1, with its defaults. */
export function readPssParameters(node: Asn1Node): PssParameters {
  const fields = node.sequence();
  const hash = explicit(fields.optionalContext(0));
  const mask = explicit(fields.optionalContext(1));
  const salt = explicit(fields.optionalContext(2));
  const trailer = explicit(fields.optionalContext(3));
  fields.end();
  if (trailer !== undefined && trailer.integer() !== 1n) {
    throw new Asn1Error("PSS parameters with an unknown trailer field");
  }
  const saltLength = salt === undefined ? 20 : Number(salt.integer());
  if (saltLength < 0 || saltLength > 1024) {
    throw new Asn1Error("PSS parameters with an impossible salt length");
  }
  return { digest: hash === undefined ? "SHA-1" : digestName(hash), maskDigest: maskDigest(mask), saltLength };
}

function explicit(node: Asn1Node | undefined): Asn1Node | undefined {
  if (node === undefined) {
    return undefined;
  }
  const [inner, ...more] = node.children();
  if (inner === undefined || more.length > 0) {
    throw new Asn1Error("PSS parameters with an empty or overfull field");
  }
  return inner;
}

function maskDigest(node: Asn1Node | undefined): string {
  if (node === undefined) {
    return "SHA-1";
  }
  const { oid, parameters } = readAlgorithm(node);
  if (oid !== mgf1 || parameters === undefined) {
    throw new Asn1Error("PSS parameters with an unknown mask generation function");
  }
  return digestName(parameters);
}

function digestName(node: Asn1Node): string {
  const { oid } = readAlgorithm(node);
  const name = digestNames.get(oid);
  if (name === undefined) {
    throw new Asn1Error(`PSS parameters with the unknown digest ${oid}`);
  }
  return name;
}
