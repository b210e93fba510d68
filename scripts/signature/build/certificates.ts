import { X509Certificate, randomBytes } from "node:crypto";
import { bitString, boolean, context, ia5String, implicit, integer, octetString, oid, sequence, set, time, utf8String } from "./der";
import { keyPair, signWith, signatureAlgorithm } from "./keys";
import type { KeyPair, SignatureChoice } from "./keys";

export interface CertificateSpec {
  /** `CN=...` parts, such as `CN=Test,O=Acme`. */
  readonly subject: string;
  /** Bytes of the subject's name, where `subject` cannot say it. */
  readonly rawSubject?: Buffer;
  readonly rawIssuer?: Buffer;
  readonly issuer?: Issued;
  /** Kind of key, see {@link keyPair}. */
  readonly key?: string;
  /** Certificates of one name share a key; default: the subject. */
  readonly keyName?: string;
  readonly from?: string;
  readonly to?: string;
  readonly serial?: bigint;
  readonly signature?: SignatureChoice;
  readonly version?: 1 | 3;
  readonly ca?: "ca" | "not-ca";
  readonly pathLength?: number;
  readonly keyUsage?: readonly number[] | "absent";
  readonly extendedKeyUsage?: readonly string[];
  readonly extensions?: readonly Buffer[];
  /** Changes the signed part before it is signed. */
  readonly tamper?: (certificate: Buffer) => Buffer;
}

export interface Issued {
  readonly der: Buffer;
  readonly key: KeyPair;
  readonly subjectName: Buffer;
  readonly issuerName: Buffer;
  readonly serial: bigint;
}

export const usages = { digitalSignature: 0, nonRepudiation: 1, keyEncipherment: 2, keyCertSign: 5, cRLSign: 6, encipherOnly: 7 } as const;
export const purposes = {
  codeSigning: "1.3.6.1.5.5.7.3.3",
  timeStamping: "1.3.6.1.5.5.7.3.8",
  serverAuth: "1.3.6.1.5.5.7.3.1",
  any: "2.5.29.37.0",
} as const;

const nameOids: Readonly<Record<string, string>> = {
  CN: "2.5.4.3",
  O: "2.5.4.10",
  OU: "2.5.4.11",
  C: "2.5.4.6",
  DC: "0.9.2342.19200300.100.1.25",
  E: "1.2.840.113549.1.9.1",
};

export function name(text: string, encode: (value: string) => Buffer = utf8String): Buffer {
  const parts = text === "" ? [] : text.split(",").map((part) => part.split("="));
  return sequence(
    ...parts.map(([key = "", value = ""]) =>
      set(sequence(oid(nameOids[key] ?? key), key === "E" || key === "DC" ? ia5String(value) : encode(value))),
    ),
  );
}

export function extension(id: string, value: Buffer, critical: "critical" | "plain" = "plain"): Buffer {
  return sequence(oid(id), ...(critical === "critical" ? [boolean("true")] : []), octetString(value));
}

export function keyUsageBits(bits: readonly number[]): Buffer {
  const bytes = Buffer.alloc(Math.max(...bits, 0) > 7 ? 2 : 1);
  for (const bit of bits) {
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  }
  return bitString(bytes);
}

/** The fuzzer takes RSA: Java verifies it many times faster than curves. */
const usualKey = process.env["USUAL_KEY"] ?? "ec:prime256v1";
let counter = 0;

/** Makes a certificate: by default one that a CA of ours would issue today, valid for a century. */
export function issue(spec: CertificateSpec): Issued {
  const key = keyPair(spec.key ?? usualKey, `${spec.keyName ?? spec.subject} ${spec.key ?? ""}`);
  const issuerKey = spec.issuer?.key ?? key;
  const subjectName = spec.rawSubject ?? name(spec.subject);
  const issuerName = spec.rawIssuer ?? spec.issuer?.subjectName ?? subjectName;
  const serial = spec.serial ?? BigInt(`0x${randomBytes(7).toString("hex")}`) * 1000n + BigInt(counter++);
  const choice = spec.signature ?? {};
  const algorithm = signatureAlgorithm(issuerKey, choice);
  const body = sequence(
    ...(spec.version === 1 ? [] : [context(0, integer(2))]),
    integer(serial),
    algorithm,
    issuerName,
    sequence(time(new Date(spec.from ?? "2020-01-01")), time(new Date(spec.to ?? "2120-01-01"))),
    subjectName,
    key.publicKey.export({ type: "spki", format: "der" }),
    ...(spec.version === 1 ? [] : [context(3, sequence(...extensions(spec)))]),
  );
  const signed = signWith(issuerKey, choice, body);
  const der = sequence(body, algorithm, bitString(signed));
  return { der: spec.tamper?.(der) ?? der, key, subjectName, issuerName, serial };
}

function extensions(spec: CertificateSpec): Buffer[] {
  const isCa = spec.ca === "ca";
  const keyUsage = spec.keyUsage ?? (isCa ? [usages.keyCertSign, usages.cRLSign] : [usages.digitalSignature]);
  const basic = spec.ca === undefined ? [] : [boolean(isCa ? "true" : "false")].slice(0, isCa ? 1 : 0);
  const length = spec.pathLength === undefined ? [] : [integer(spec.pathLength)];
  const purposesOf = spec.extendedKeyUsage ?? (isCa ? [] : [purposes.codeSigning]);
  return [
    ...(spec.ca === undefined ? [] : [extension("2.5.29.19", sequence(...basic, ...length), "critical")]),
    ...(keyUsage === "absent" ? [] : [extension("2.5.29.15", keyUsageBits(keyUsage), "critical")]),
    ...(purposesOf.length === 0 ? [] : [extension("2.5.29.37", sequence(...purposesOf.map(oid)))]),
    ...(spec.extensions ?? []),
  ];
}

export function pem({ der }: Issued): string {
  return `-----BEGIN CERTIFICATE-----\n${(der.toString("base64").match(/.{1,64}/g) ?? []).join("\n")}\n-----END CERTIFICATE-----\n`;
}

export function fingerprint({ der }: Issued): string {
  return new X509Certificate(der).fingerprint256;
}

export function generalName(kind: "dns" | "email" | "uri", value: string): Buffer {
  return implicit({ email: 1, dns: 2, uri: 6 }[kind], Buffer.from(value));
}
