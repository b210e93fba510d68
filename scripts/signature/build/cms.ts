import { createHash } from "node:crypto";
import type { Issued } from "./certificates";
import { context, generalizedTime, integer, nullValue, octetString, oid, sequence, set, setOf, time } from "./der";
import { digestAlgorithm, signWith, signatureAlgorithm } from "./keys";
import type { KeyPair, SignatureChoice } from "./keys";

export interface SignerSpec extends SignatureChoice {
  readonly certificate: Issued;
  /** Another key than the certificate's. */
  readonly key?: KeyPair;
  readonly attributes?: "none" | "default" | readonly Buffer[];
  readonly extraAttributes?: readonly Buffer[];
  readonly timestamp?: TimestampSpec;
  readonly unsigned?: readonly Buffer[];
  readonly identifier?: Buffer;
  readonly digestAlgorithm?: Buffer;
  readonly signatureAlgorithm?: Buffer;
  readonly contentType?: string;
  readonly tamper?: (signature: Buffer) => Buffer;
  readonly version?: number;
}

export interface SignedDataSpec {
  readonly signers: readonly SignerSpec[];
  readonly certificates?: readonly Issued[];
  readonly rawCertificates?: readonly Buffer[];
  readonly contentType?: string;
  readonly attached?: "attached" | "detached";
  readonly crls?: readonly Buffer[];
  readonly version?: number;
  readonly tamperContent?: Buffer;
}

export interface TimestampSpec {
  readonly authority: Issued;
  readonly chain?: readonly Issued[];
  readonly time: string;
  readonly digest?: string;
  readonly signature?: SignatureChoice;
  readonly imprintOf?: Buffer;
  readonly contentType?: string;
  readonly rawTime?: Buffer;
  readonly tamper?: (token: Buffer) => Buffer;
}

const data = "1.2.840.113549.1.7.1";
const tstInfo = "1.2.840.113549.1.9.16.1.4";

export const attribute = (id: string, ...values: readonly Buffer[]): Buffer => sequence(oid(id), set(...values));

/** Builds SignedData over some content (a signature file, or the info of a timestamp). */
export function signedData(content: Buffer, spec: SignedDataSpec): Buffer {
  const type = spec.contentType ?? data;
  const certificates = [
    ...(spec.certificates ?? spec.signers.map(({ certificate }) => certificate)).map(({ der }) => der),
    ...(spec.rawCertificates ?? []),
  ];
  const attached = spec.attached === "attached" ? [context(0, octetString(spec.tamperContent ?? content))] : [];
  return sequence(
    oid("1.2.840.113549.1.7.2"),
    context(
      0,
      sequence(
        integer(spec.version ?? 1),
        set(...spec.signers.map((signer) => signer.digestAlgorithm ?? digestAlgorithm(digestOf(signer)))),
        sequence(oid(type), ...attached),
        ...(certificates.length === 0 ? [] : [context(0, ...certificates)]),
        ...(spec.crls === undefined ? [] : [context(1, ...spec.crls)]),
        set(...spec.signers.map((signer) => signerInfo(content, type, signer))),
      ),
    ),
  );
}

function digestOf(signer: SignerSpec): string {
  const kind = (signer.key ?? signer.certificate.key).kind;
  if (kind === "ed25519") {
    return "sha512";
  }
  return kind === "ed448" ? (signer.attributes === "none" ? "shake256" : "shake256-len") : (signer.digest ?? "sha256");
}

function signerInfo(content: Buffer, type: string, signer: SignerSpec): Buffer {
  const key = signer.key ?? signer.certificate.key;
  const digest = digestOf(signer);
  const attributes = signer.attributes === "none" ? undefined : signedAttributes(content, signer.contentType ?? type, digest, signer);
  const toSign = attributes === undefined ? content : setOf(attributes);
  const plain = signWith(key, signer, toSign);
  const signature = signer.tamper?.(plain) ?? plain;
  const unsigned = [
    ...(signer.timestamp === undefined ? [] : [timestampAttribute(signature, signer.timestamp)]),
    ...(signer.unsigned ?? []),
  ];
  return sequence(
    integer(signer.version ?? 1),
    signer.identifier ?? sequence(signer.certificate.issuerName, integer(signer.certificate.serial)),
    signer.digestAlgorithm ?? digestAlgorithm(digest),
    ...(attributes === undefined ? [] : [context(0, ...[...attributes].sort((one, other) => Buffer.compare(one, other)))]),
    signer.signatureAlgorithm ?? signatureAlgorithm(key, { ...signer, digest }),
    octetString(signature),
    ...(unsigned.length === 0 ? [] : [context(1, ...unsigned)]),
  );
}

function signedAttributes(content: Buffer, type: string, digest: string, signer: SignerSpec): readonly Buffer[] {
  if (typeof signer.attributes === "object") {
    return signer.attributes;
  }
  return [
    attribute("1.2.840.113549.1.9.3", oid(type)),
    attribute("1.2.840.113549.1.9.4", octetString(hash(digest, content))),
    ...(signer.extraAttributes ?? []),
  ];
}

export function hash(digest: string, content: Buffer): Buffer {
  return digest.startsWith("shake256")
    ? createHash("shake256", { outputLength: 64 }).update(content).digest()
    : createHash(digest).update(content).digest();
}

export const signingTime = (date: string): Buffer => attribute("1.2.840.113549.1.9.5", time(new Date(date)));

export const algorithmProtection = (digest: Buffer, signature: Buffer): Buffer => {
  const implicitSignature = Buffer.from(signature);
  implicitSignature[0] = 0xa1;
  return attribute("1.2.840.113549.1.9.52", sequence(digest, implicitSignature));
};

function timestampAttribute(signature: Buffer, spec: TimestampSpec): Buffer {
  return attribute("1.2.840.113549.1.9.16.2.14", timestampToken(signature, spec));
}

export function timestampToken(signature: Buffer, spec: TimestampSpec): Buffer {
  const digest = spec.digest ?? "sha256";
  const info = sequence(
    integer(1),
    oid("1.2.3.4.1"),
    sequence(digestAlgorithm(digest), octetString(hash(digest, spec.imprintOf ?? signature))),
    integer(42),
    spec.rawTime ?? generalizedTime(new Date(spec.time)),
    sequence(integer(1)),
    integer(123456789),
  );
  const token = signedData(info, {
    contentType: spec.contentType ?? tstInfo,
    attached: "attached",
    version: 3,
    certificates: [spec.authority, ...(spec.chain ?? [])],
    signers: [
      {
        certificate: spec.authority,
        ...spec.signature,
        extraAttributes: [signingTime(spec.time), signingCertificate(spec.authority)],
      },
    ],
  });
  return spec.tamper?.(token) ?? token;
}

/** SigningCertificate of RFC 2634, 5.4, which a time-stamping authority has to sign. */
function signingCertificate({ der }: Issued): Buffer {
  return attribute("1.2.840.113549.1.9.16.2.12", sequence(sequence(sequence(octetString(hash("sha1", der))))));
}

/** The same bytes with all constructed lengths left open (BER), as some signing tools write blocks. */
export function openLengths(der: Buffer): Buffer {
  const tag = der[0] ?? 0;
  const { start, end } = bounds(der, 0);
  if ((tag & 0x20) === 0) {
    return der.subarray(0, end);
  }
  const parts: Buffer[] = [];
  for (let at = start; at < end;) {
    const child = bounds(der, at);
    parts.push(openLengths(der.subarray(at, child.end)));
    at = child.end;
  }
  return Buffer.concat([Buffer.from([tag, 0x80]), ...parts, Buffer.from([0, 0])]);
}

export function bounds(der: Buffer, at: number): { readonly start: number; readonly end: number } {
  const first = der[at + 1] ?? 0;
  if (first < 0x80) {
    return { start: at + 2, end: at + 2 + first };
  }
  const count = first & 0x7f;
  const start = at + 2 + count;
  return { start, end: start + der.readUIntBE(at + 2, count) };
}

export { nullValue };
