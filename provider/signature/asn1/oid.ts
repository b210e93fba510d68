import { Asn1Error } from "./asn1-error";

/**
 * Decodes the content of an OBJECT IDENTIFIER (X.690, 8.19). Arcs are big integers, so that a long one is not cut down to a
 * known one.
 */
export function decodeOid(content: Buffer): string {
  if (content.length === 0 || content.length > 128 || ((content.at(-1) ?? 0) & 0x80) !== 0) {
    throw new Asn1Error("an OBJECT IDENTIFIER that is empty, too long or cut off");
  }
  const arcs: bigint[] = [];
  let value = 0n;
  let fresh = true;
  for (const byte of content) {
    if (fresh && byte === 0x80) {
      throw new Asn1Error("an OBJECT IDENTIFIER with a padded arc");
    }
    value = (value << 7n) | BigInt(byte & 0x7f);
    fresh = (byte & 0x80) === 0;
    if (fresh) {
      arcs.push(value);
      value = 0n;
    }
  }
  const [first = 0n, ...rest] = arcs;
  const root = first < 80n ? first / 40n : 2n;
  return [root, first - root * 40n, ...rest].join(".");
}
