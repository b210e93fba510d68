import { createHmac, timingSafeEqual } from "node:crypto";
import { forgeBuffer, forgeDigest, forgePbe, forgePkcs12 } from "../forge";
import type { Asn1Node } from "../asn1/node";
import { readAlgorithm } from "../asn1/algorithm-identifier";
import { digestNames } from "../crypto/algorithm-names";
import { nodeDigest } from "../crypto/digest";

const macKeyId = 3;
const mostIterations = 5_000_000;

/** @throws Error if the MAC does not fit the password and the content. */
export function checkMac(macData: Asn1Node, content: Buffer, password: string): void {
  const fields = macData.sequence();
  const info = fields.next().sequence();
  const name = digestNames.get(readAlgorithm(info.next()).oid);
  const expected = info.next().octets();
  info.end();
  const salt = fields.next().octets();
  const iterations = fields.more ? Number(fields.next().integer()) : 1;
  fields.end();
  const hash = name === undefined ? undefined : nodeDigest(name);
  const digest = hash === undefined ? undefined : forgeDigest(hash);
  if (hash === undefined || digest === undefined || iterations < 1 || iterations > mostIterations) {
    throw new Error("its integrity check is of an unknown kind");
  }
  const key = forgePkcs12().generateKey(password, forgeBuffer(salt), macKeyId, iterations, expected.length, digest);
  const mac = createHmac(hash, Buffer.from(key.getBytes(), "binary")).update(content).digest();
  if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) {
    throw new Error("the password is wrong, or the store was changed");
  }
}

/** Decrypts EncryptedData (RFC 5652, 8) with the ciphers that PKCS#12 stores use, old and new. */
export function decrypt(encryptedData: Asn1Node, password: string): Buffer {
  const fields = encryptedData.sequence();
  fields.next().integer();
  const info = fields.next().sequence();
  info.next().oid();
  const algorithm = info.next().sequence();
  const oid = algorithm.next().oid();
  const cipher = forgePbe().getCipher(oid, algorithm.next().forge, password);
  const content = info.next();
  const encrypted = content.constructed ? Buffer.concat(content.children().map((piece) => piece.octets())) : content.content();
  cipher.update(forgeBuffer(encrypted));
  if (!cipher.finish()) {
    throw new Error("the password is wrong, or the store is broken");
  }
  return Buffer.from(cipher.output.getBytes(), "binary");
}
