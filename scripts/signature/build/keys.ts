import { generateKeyPairSync, sign as signBytes, constants } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { context, integer, nullValue, oid, sequence } from "./der";

export interface KeyPair {
  readonly kind: "rsa" | "ec" | "dsa" | "ed25519" | "ed448";
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const cache = new Map<string, KeyPair>();

/** A key pair; one of every name and kind for each run, because making them is slow. */
export function keyPair(kind: string, name = "default"): KeyPair {
  const id = `${kind} ${name}`;
  const known = cache.get(id);
  if (known !== undefined) {
    return known;
  }
  const made = make(kind);
  cache.set(id, made);
  return made;
}

function make(kind: string): KeyPair {
  const [algorithm = "", parameter = ""] = kind.split(":");
  switch (algorithm) {
    case "rsa":
      return { kind: "rsa", ...generateKeyPairSync("rsa", { modulusLength: Number(parameter) }) };
    case "dsa":
      return {
        kind: "dsa",
        ...generateKeyPairSync("dsa", { modulusLength: Number(parameter), divisorLength: Number(parameter) > 1024 ? 256 : 160 }),
      };
    case "ec":
      return { kind: "ec", ...generateKeyPairSync("ec", { namedCurve: parameter }) };
    case "ec-explicit":
      return { kind: "ec", ...generateKeyPairSync("ec", { namedCurve: parameter, paramEncoding: "explicit" }) };
    case "ed25519":
      return { kind: "ed25519", ...generateKeyPairSync("ed25519") };
    case "ed448":
      return { kind: "ed448", ...generateKeyPairSync("ed448") };
    default:
      throw new Error(`unknown kind of key ${kind}`);
  }
}

export interface SignatureChoice {
  /** node's name of the digest; not used by EdDSA. */
  readonly digest?: string;
  readonly pss?: { readonly saltLength: number; readonly maskDigest?: string; readonly parameters?: "absent" };
}

export const digestOids: Readonly<Record<string, string>> = {
  md5: "1.2.840.113549.2.5",
  sha1: "1.3.14.3.2.26",
  sha224: "2.16.840.1.101.3.4.2.4",
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
  "sha512-224": "2.16.840.1.101.3.4.2.5",
  "sha512-256": "2.16.840.1.101.3.4.2.6",
  "sha3-256": "2.16.840.1.101.3.4.2.8",
  "sha3-512": "2.16.840.1.101.3.4.2.10",
  shake256: "2.16.840.1.101.3.4.2.12",
  "shake256-len": "2.16.840.1.101.3.4.2.18",
};

const rsaOids: Readonly<Record<string, string>> = {
  md5: "1.2.840.113549.1.1.4",
  sha1: "1.2.840.113549.1.1.5",
  sha224: "1.2.840.113549.1.1.14",
  sha256: "1.2.840.113549.1.1.11",
  sha384: "1.2.840.113549.1.1.12",
  sha512: "1.2.840.113549.1.1.13",
  "sha512-224": "1.2.840.113549.1.1.15",
  "sha512-256": "1.2.840.113549.1.1.16",
  "sha3-256": "2.16.840.1.101.3.4.3.14",
  "sha3-512": "2.16.840.1.101.3.4.3.16",
};
const ecOids: Readonly<Record<string, string>> = {
  sha1: "1.2.840.10045.4.1",
  sha224: "1.2.840.10045.4.3.1",
  sha256: "1.2.840.10045.4.3.2",
  sha384: "1.2.840.10045.4.3.3",
  sha512: "1.2.840.10045.4.3.4",
  "sha3-256": "2.16.840.1.101.3.4.3.10",
  "sha3-512": "2.16.840.1.101.3.4.3.12",
};
const dsaOids: Readonly<Record<string, string>> = {
  sha1: "1.2.840.10040.4.3",
  sha224: "2.16.840.1.101.3.4.3.1",
  sha256: "2.16.840.1.101.3.4.3.2",
  sha384: "2.16.840.1.101.3.4.3.3",
  sha512: "2.16.840.1.101.3.4.3.4",
};

export function digestAlgorithm(digest: string): Buffer {
  const id = oid(digestOids[digest] ?? "1.2.3.4");
  return digest === "shake256-len" ? sequence(id, integer(512)) : digest === "shake256" ? sequence(id) : sequence(id, nullValue());
}

export function signatureAlgorithm(key: KeyPair, { digest = "sha256", pss }: SignatureChoice): Buffer {
  switch (key.kind) {
    case "rsa":
      return pss === undefined ? sequence(oid(rsaOids[digest] ?? "1.2.3.4"), nullValue()) : pssAlgorithm(digest, pss);
    case "ec":
      return sequence(oid(ecOids[digest] ?? "1.2.3.4"));
    case "dsa":
      return sequence(oid(dsaOids[digest] ?? "1.2.3.4"));
    case "ed25519":
      return sequence(oid("1.3.101.112"));
    case "ed448":
      return sequence(oid("1.3.101.113"));
  }
}

function pssAlgorithm(digest: string, pss: NonNullable<SignatureChoice["pss"]>): Buffer {
  const id = oid("1.2.840.113549.1.1.10");
  if (pss.parameters === "absent") {
    return sequence(id);
  }
  const mask = sequence(oid("1.2.840.113549.1.1.8"), digestAlgorithm(pss.maskDigest ?? digest));
  return sequence(id, sequence(context(0, digestAlgorithm(digest)), context(1, mask), context(2, integer(pss.saltLength))));
}

export function signWith(key: KeyPair, { digest = "sha256", pss }: SignatureChoice, data: Buffer): Buffer {
  if (key.kind === "ed25519" || key.kind === "ed448") {
    return signBytes(null, data, key.privateKey);
  }
  return pss === undefined
    ? signBytes(digest, data, key.privateKey)
    : signBytes(digest, data, { key: key.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: pss.saltLength });
}
