import { readAlgorithm } from "../asn1/algorithm-identifier";
import type { AlgorithmIdentifier } from "../asn1/algorithm-identifier";
import { Asn1Error } from "../asn1/asn1-error";
import type { Asn1Node } from "../asn1/node";
import { parseAsn1 } from "../asn1/parse";
import { digestNames } from "../crypto/algorithm-names";
import { digest } from "../crypto/digest";
import { SignatureProblem } from "../signature-problem";
import type { Certificate } from "../x509/certificate";
import { buildChain } from "../x509/chain";
import type { AlgorithmUse } from "./algorithm-uses";
import { attributeOids, contentTypes } from "./oids";
import { readSignedData } from "./signed-data";
import type { SignedData } from "./signed-data";
import type { SignerInfo } from "./signer-info";
import { verifySigner } from "./verify-signer";

/** What a time-stamping authority signed (TSTInfo of RFC 3161, 2.4.2). */
export interface TimestampInfo {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly hashAlgorithm: AlgorithmIdentifier;
  readonly hashedMessage: Buffer;
}

/** A timestamp that belongs to a signature and verifies. Whether its authority is trusted is another question. */
export interface Timestamp {
  readonly time: number;
  /** The authority's certificate first. */
  readonly chain: readonly Certificate[];
  readonly uses: readonly AlgorithmUse[];
}

/** The token in the unsigned attributes of a signer; undefined if there is none. */
export function timestampToken(signer: SignerInfo): SignedData | undefined {
  const value = signer.unsignedAttributes?.get(attributeOids.timestampToken);
  return value === undefined ? undefined : readSignedData(value);
}

/**
 * Verifies the timestamp of a signer.
 *
 * @returns undefined if it has none.
 * @throws SignatureProblem if it has one that is not valid: the block does not count then.
 */
export function verifyTimestamp(signer: SignerInfo): Timestamp | undefined {
  const token = timestampToken(signer);
  if (token === undefined) {
    return undefined;
  }
  if (token.contentType !== contentTypes.timestampInfo || token.content === undefined) {
    throw problem("It is no token of RFC 3161.");
  }
  const { content } = token;
  const odd = token.certificates.find(({ publicKey, extensions }) => publicKey.handle === undefined || extensions.unread.length > 0);
  if (odd !== undefined) {
    throw problem(`It holds a certificate of ${odd.subject.text} that cannot be read completely.`);
  }
  const results = token.signerInfos.map((authority) => verifySigner(token, authority, content));
  const invalid = results.find((result) => "invalid" in result);
  const [authority] = results;
  if (authority === undefined || invalid !== undefined || "invalid" in authority) {
    throw problem(invalid !== undefined && "invalid" in invalid ? invalid.invalid.message : "Nobody signed it.");
  }
  const info = readTimestampInfo(parseAsn1(content));
  const name = digestNames.get(info.hashAlgorithm.oid);
  const hashed = name === undefined ? undefined : digest(name, signer.signature);
  if (name === undefined || hashed?.equals(info.hashedMessage) !== true) {
    throw problem("It belongs to another signature.");
  }
  const imprint: AlgorithmUse = { name, where: "the timestamp's digest", keys: "algorithm-only" };
  const chain = buildChain(authority.certificate, token.certificates);
  return { time: info.time, chain, uses: [imprint, ...authority.uses.map((use) => ({ ...use, where: `${use.where} of the timestamp` }))] };
}

export function readTimestampInfo(node: Asn1Node): TimestampInfo {
  const fields = node.sequence();
  fields.next().integer();
  fields.next().oid();
  const imprint = fields.next().sequence();
  const hashAlgorithm = readAlgorithm(imprint.next());
  const hashedMessage = imprint.next().octets();
  imprint.end();
  fields.next().integer();
  const time = generalizedTime(fields.next());
  fields.optional("sequence");
  fields.optional("boolean")?.boolean();
  fields.optional("integer")?.integer();
  fields.optionalContext(0);
  fields.optionalContext(1);
  fields.end();
  return { time, hashAlgorithm, hashedMessage };
}

function generalizedTime(node: Asn1Node): number {
  if (!node.is("generalizedTime")) {
    throw new Asn1Error("a timestamp whose time is no GeneralizedTime");
  }
  return node.time();
}

function problem(message: string): SignatureProblem {
  return new SignatureProblem("timestamp-invalid", "ignored", `The timestamp does not count. ${message}`);
}
