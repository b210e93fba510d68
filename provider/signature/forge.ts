import type { asn1 as Asn1, md as Digests, util as ForgeUtil } from "node-forge";

// The parts of node-forge that are used, each loaded when it is first needed: nothing of it costs anything when the provider starts,
// and PKCS#12 costs nothing until such a store is read. Signatures, digests and keys are never left to it. Each name is a literal, so
// that a bundler sees it.
/* eslint-disable @typescript-eslint/no-require-imports -- an import would load it at the start */

/** Options of node-forge's parser that its types do not know. */
export interface ForgeParseOptions {
  readonly strict: boolean;
  readonly parseAllBytes: boolean;
  readonly decodeBitStrings: boolean;
}

interface ForgeAsn1 {
  fromDer(bytes: string, options: ForgeParseOptions): Asn1.Asn1;
  toDer(node: Asn1.Asn1): ForgeUtil.ByteStringBuffer;
}

interface ForgePkcs12 {
  generateKey(
    password: string,
    salt: ForgeUtil.ByteStringBuffer,
    id: number,
    iterations: number,
    length: number,
    digest: Digests.MessageDigest,
  ): ForgeUtil.ByteStringBuffer;
}

interface ForgeCipher {
  readonly output: ForgeUtil.ByteStringBuffer;
  update(input: ForgeUtil.ByteStringBuffer): void;
  finish(): boolean;
}

interface ForgePbe {
  getCipher(oid: string, parameters: Asn1.Asn1, password: string): ForgeCipher;
}

interface ForgeDigest {
  create(): Digests.MessageDigest;
}

let asn1: ForgeAsn1 | undefined;

export function forgeAsn1(): ForgeAsn1 {
  asn1 ??= require("node-forge/lib/asn1") as ForgeAsn1;
  return asn1;
}

export const forgePkcs12 = (): ForgePkcs12 => require("node-forge/lib/pkcs12") as ForgePkcs12;
export const forgePbe = (): ForgePbe => require("node-forge/lib/pbe") as ForgePbe;

export function forgeBuffer(bytes: Buffer): ForgeUtil.ByteStringBuffer {
  return (require("node-forge/lib/util") as typeof ForgeUtil).createBuffer(bytes.toString("binary"));
}

/** @param name node's name of the digest. */
export function forgeDigest(name: string): Digests.MessageDigest | undefined {
  switch (name) {
    case "md5":
      return (require("node-forge/lib/md5") as ForgeDigest).create();
    case "sha1":
      return (require("node-forge/lib/sha1") as ForgeDigest).create();
    case "sha256":
      return (require("node-forge/lib/sha256") as ForgeDigest).create();
    case "sha512":
      return (require("node-forge/lib/sha512") as ForgeDigest).create();
    case "sha384":
      return (require("node-forge/lib/sha512") as { readonly sha384: ForgeDigest }).sha384.create();
    default:
      return undefined;
  }
}
