import { sign } from "node:crypto";
import { algorithms, sha256 } from "./algorithms";
import { der } from "./der";
import type { Identity } from "./issue-certificate";
import { oids } from "./oids";

export interface SignedDataOptions {
  readonly content: Buffer;
  readonly contentType: string;
  /** "detached": the content lies elsewhere. */
  readonly placement: "detached" | "attached";
  readonly signer: Identity;
  /** DER, in their order. */
  readonly certificates: readonly Buffer[];
  readonly signingTime: Date;
  /** Further signed attributes. */
  readonly signed?: readonly Buffer[];
  /** Further attributes that the signature does not cover, made from the signature. */
  readonly unsigned?: (signature: Buffer) => readonly Buffer[];
}

/** A CMS SignedData (RFC 5652, section 5) with one signer, in the ContentInfo that holds it. */
export function signedData(options: SignedDataOptions): Buffer {
  const { content, contentType, placement, certificates } = options;
  // Version 3 for a content that is not plain data (section 5.1).
  const version = contentType === oids.data ? 1 : 3;
  const body = der.sequence(
    der.integer(version),
    der.set(algorithms.sha256),
    der.sequence(der.oid(contentType), ...(placement === "attached" ? [der.context(0, der.octets(content))] : [])),
    der.context(0, ...certificates),
    der.set(signerInfo(options)),
  );
  return der.sequence(der.oid(oids.signedData), der.context(0, body));
}

/** An attribute with one value. */
export function cmsAttribute(type: string, value: Buffer): Buffer {
  return der.sequence(der.oid(type), der.set(value));
}

function signerInfo({ content, contentType, signer, signingTime, signed = [], unsigned }: SignedDataOptions): Buffer {
  const attributes = der.set(
    cmsAttribute(oids.contentType, der.oid(contentType)),
    cmsAttribute(oids.signingTime, der.utcTime(signingTime)),
    cmsAttribute(oids.messageDigest, der.octets(sha256(content))),
    ...signed,
  );
  const signature = sign("sha256", attributes, signer.key);
  const others = unsigned?.(signature) ?? [];
  return der.sequence(
    der.integer(1),
    signer.issuerAndSerial,
    algorithms.sha256,
    withTag(attributes, 0xa0),
    algorithms.sha256WithRsa,
    der.octets(signature),
    ...(others.length === 0 ? [] : [withTag(der.set(...others), 0xa1)]),
  );
}

// The signature covers the attributes as a SET; they stand in the SignerInfo with a tag of their own (section 5.4).
function withTag(set: Buffer, tag: number): Buffer {
  return Buffer.concat([Buffer.from([tag]), set.subarray(1)]);
}
