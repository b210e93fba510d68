import type { Asn1Node } from "./node";

/** AlgorithmIdentifier of RFC 5280, 4.1.1.2; NULL counts as no parameters, as it does in Java. */
export interface AlgorithmIdentifier {
  readonly oid: string;
  readonly parameters: Asn1Node | undefined;
}

export function readAlgorithm(node: Asn1Node): AlgorithmIdentifier {
  const fields = node.sequence();
  const oid = fields.next().oid();
  const parameters = fields.more ? fields.next() : undefined;
  fields.end();
  if (parameters?.is("null") === true) {
    parameters.null();
    return { oid, parameters: undefined };
  }
  return { oid, parameters };
}

export function sameAlgorithm(one: AlgorithmIdentifier, other: AlgorithmIdentifier): boolean {
  const [left, right] = [one.parameters?.der(), other.parameters?.der()];
  return one.oid === other.oid && (left === undefined || right === undefined ? left === right : left.equals(right));
}
