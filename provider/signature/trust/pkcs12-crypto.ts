import { createHmac, timingSafeEqual } from "node:crypto";
import type { md as Digests, pkcs12 as Pkcs12, util as ForgeUtil } from "node-forge";
import type { Asn1Node } from "../asn1/node";
import { readAlgorithm } from "../asn1/algorithm-identifier";
import { digestNames } from "../crypto/algorithm-names";
import { nodeDigest } from "../crypto/digest";

const macKeyId = 3;
const mostIterations = 5_000_000;

interface ForgeCipher {
  readonly output: { getBytes(): string };
  update(input: ForgeUtil.ByteStringBuffer): void;
  finish(): boolean;
}

interface ForgePbe {
  getCipher(oid: string, parameters: unknown, password: string): ForgeCipher;
}

/** @throws Error if the MAC does not fit the password and the content. */
export function checkMac(macData: Asn1Node, content: Buffer, password: string): void {
  const pkcs12 = require("node-forge/lib/pkcs12") as typeof Pkcs12 & { readonly generateKey: GenerateKey };
  const util = require("node-forge/lib/util") as typeof ForgeUtil;
  const fields = macData.sequence();
  const info = fields.next().sequence();
  const name = digestNames.get(readAlgorithm(info.next()).oid);
  const expected = info.next().octets();
  info.end();
  const salt = fields.next().octets();
  const iterations = fields.more ? Number(fields.next().integer()) : 1;
  fields.end();
  const hash = name === undefined ? undefined : nodeDigest(name);
  if (hash === undefined || iterations < 1 || iterations > mostIterations) {
    throw new Error("its integrity check is of an unknown kind");
  }
  const key = pkcs12.generateKey(
    password,
    util.createBuffer(salt.toString("binary")),
    macKeyId,
    iterations,
    expected.length,
    forgeDigest(hash),
  );
  const mac = createHmac(hash, Buffer.from(key.getBytes(), "binary")).update(content).digest();
  if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) {
    throw new Error("the password is wrong, or the store was changed");
  }
}

/** Decrypts EncryptedData (RFC 5652, 8) with the ciphers that PKCS#12 stores use, old and new. */
export function decrypt(encryptedData: Asn1Node, password: string): Buffer {
  const pbe = require("node-forge/lib/pbe") as ForgePbe;
  const util = require("node-forge/lib/util") as typeof ForgeUtil;
  const fields = encryptedData.sequence();
  fields.next().integer();
  const info = fields.next().sequence();
  info.next().oid();
  const algorithm = info.next().sequence();
  const oid = algorithm.next().oid();
  const cipher = pbe.getCipher(oid, algorithm.next().forge, password);
  const content = info.next();
  const encrypted = content.constructed ? Buffer.concat(content.children().map((piece) => piece.octets())) : content.content();
  cipher.update(util.createBuffer(encrypted.toString("binary")));
  if (!cipher.finish()) {
    throw new Error("the password is wrong, or the store is broken");
  }
  return Buffer.from(cipher.output.getBytes(), "binary");
}

type GenerateKey = (
  password: string,
  salt: ForgeUtil.ByteStringBuffer,
  id: number,
  iterations: number,
  length: number,
  digest: Digests.MessageDigest,
) => ForgeUtil.ByteStringBuffer;

function forgeDigest(name: string): Digests.MessageDigest {
  const known: Readonly<Record<string, string>> = { md5: "md5", sha1: "sha1", sha256: "sha256", sha384: "sha512", sha512: "sha512" };
  const file = known[name];
  if (file === undefined) {
    throw new Error(`its integrity check uses ${name}`);
  }
  const module = require(`node-forge/lib/${file}`) as typeof Digests.sha1 & { readonly sha384: typeof Digests.sha1 };
  return name === "sha384" ? module.sha384.create() : module.create();
}
