import { createHash } from "node:crypto";
import { readAlgorithm, sameAlgorithm } from "../asn1/algorithm-identifier";
import type { AlgorithmIdentifier } from "../asn1/algorithm-identifier";
import { Asn1Error } from "../asn1/asn1-error";
import type { Fields } from "../asn1/node";
import type { Asn1Node } from "../asn1/node";
import { parseAsn1 } from "../asn1/parse";
import { signatureAlgorithms } from "../crypto/algorithm-names";
import { readPssParameters } from "../crypto/pss";
import { readPublicKey } from "../crypto/public-key";
import type { PublicKey } from "../crypto/public-key";
import { Recent } from "../recent";
import { readExtensions } from "./extensions";
import type { Extensions } from "./extensions";
import { readName, sameName } from "./name";
import type { Name } from "./name";

/** An X.509 certificate (RFC 5280, 4.1). Times are milliseconds since 1970. */
export interface Certificate {
  readonly der: Buffer;
  /** Hexadecimal, of the whole certificate. */
  readonly sha256: string;
  readonly version: 1 | 2 | 3;
  readonly serial: bigint;
  readonly issuer: Name;
  readonly subject: Name;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKey: PublicKey;
  readonly extensions: Extensions;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Buffer;
  /** The bytes that are signed. */
  readonly signed: Buffer;
}

/** @throws Asn1Error */
export function parseCertificate(der: Buffer): Certificate {
  return readCertificate(parseAsn1(der));
}

/** Certificates that were read, by their digest: those of an ordinary size, so that what is kept stays below a megabyte. */
const read = new Recent<Certificate>(64);
const ordinarySize = 8192;

/** @throws Asn1Error where Java's certificate factory throws. */
export function readCertificate(node: Asn1Node): Certificate {
  const der = node.der();
  const sha256 = createHash("sha256").update(der).digest("hex");
  const certificate = (): Certificate => ({ der, sha256, ...readParts(node) });
  return der.length > ordinarySize ? certificate() : read.get(sha256, certificate);
}

function readParts(node: Asn1Node): Omit<Certificate, "der" | "sha256"> {
  const outer = node.sequence();
  const body = outer.next();
  const signatureAlgorithm = readAlgorithm(outer.next());
  checkParameters(signatureAlgorithm);
  const signature = outer.next().bits().bytes;
  outer.end();

  const fields = body.sequence();
  const version = readVersion(fields);
  const serial = fields.next().integer();
  if (!sameAlgorithm(readAlgorithm(fields.next()), signatureAlgorithm)) {
    throw new Asn1Error("a certificate that names two different signature algorithms");
  }
  const issuer = readName(fields.next());
  const times = fields.next().sequence();
  const [notBefore, notAfter] = [times.next().time(), times.next().time()];
  times.end();
  const subject = readName(fields.next());
  const publicKey = readPublicKey(fields.next());
  const extensions = readOptionalParts(fields, version);
  if (issuer.parts.length === 0 || (subject.parts.length === 0 && !extensions.critical.has("2.5.29.17"))) {
    throw new Asn1Error("a certificate without an issuer or a subject");
  }
  return {
    version,
    serial,
    issuer,
    subject,
    notBefore,
    notAfter,
    publicKey,
    extensions,
    signatureAlgorithm,
    signature,
    signed: body.der(),
  };
}

/** Java reads the parameters of algorithms that have some, whether anybody verifies with them or not. */
function checkParameters({ oid, parameters }: AlgorithmIdentifier): void {
  const algorithm = signatureAlgorithms.get(oid);
  if (parameters === undefined || algorithm === undefined) {
    return;
  }
  if (algorithm.key === "RSASSA-PSS") {
    readPssParameters(parameters);
  } else if (algorithm.digest === undefined) {
    throw new Asn1Error(`a certificate signed with ${algorithm.name} and parameters`);
  }
}

/** Whether issuer and subject are the same name. */
export function isSelfIssued(certificate: Certificate): boolean {
  return sameName(certificate.issuer, certificate.subject);
}

function readVersion(fields: Fields): 1 | 2 | 3 {
  const [explicit, ...more] = fields.optionalContext(0)?.children() ?? [];
  if (explicit === undefined) {
    return 1;
  }
  const version = Number(explicit.integer());
  if (more.length > 0 || ![0, 1, 2].includes(version)) {
    throw new Asn1Error("a certificate of an unknown version");
  }
  return (version + 1) as 1 | 2 | 3;
}

function readOptionalParts(fields: Fields, version: 1 | 2 | 3): Extensions {
  if (fields.more && version === 1) {
    throw new Asn1Error("a certificate of version 1 with extensions");
  }
  for (const tag of [1, 2]) {
    fields.optionalContext(tag)?.implicitBits();
  }
  const explicit = fields.optionalContext(3);
  fields.end();
  if (explicit === undefined) {
    return readExtensions([]);
  }
  const [list, ...more] = explicit.children();
  if (list === undefined || more.length > 0 || version !== 3) {
    throw new Asn1Error("a certificate with misplaced extensions");
  }
  const extensions = list.sequence();
  const nodes: Asn1Node[] = [];
  while (extensions.more) {
    nodes.push(extensions.next());
  }
  return readExtensions(nodes);
}

/** Whether a certificate is valid at a time. One that begins after it ends is early first, as in Java, and never valid. */
export function validity({ notBefore, notAfter }: Certificate, time: number): "valid" | "early" | "expired" {
  if (notBefore > time) {
    return "early";
  }
  return notAfter < time ? "expired" : "valid";
}

/** The day of a time, as people write it in UTC: `2026-11-24`. */
export function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
