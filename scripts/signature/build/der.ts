/** Writes DER. Everything is a function of bytes to bytes, so that a test can put anything anywhere. */
export function tlv(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.from([tag]), derLength(body.length), body]);
}

function derLength(length: number): Buffer {
  if (length < 0x80) {
    return Buffer.from([length]);
  }
  const digits: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) {
    digits.unshift(rest % 256);
  }
  return Buffer.from([0x80 | digits.length, ...digits]);
}

export const sequence = (...parts: readonly Buffer[]): Buffer => tlv(0x30, ...parts);
export const set = (...parts: readonly Buffer[]): Buffer => tlv(0x31, ...parts);
/** Explicit, or implicit for something constructed. */
export const context = (tag: number, ...parts: readonly Buffer[]): Buffer => tlv(0xa0 | tag, ...parts);
export const implicit = (tag: number, content: Buffer): Buffer => tlv(0x80 | tag, content);
export const octetString = (content: Buffer): Buffer => tlv(4, content);
export const bitString = (content: Buffer, unused = 0): Buffer => tlv(3, Buffer.from([unused]), content);
export const nullValue = (): Buffer => tlv(5);
export const boolean = (value: "true" | "false"): Buffer => tlv(1, Buffer.from([value === "true" ? 0xff : 0]));
export const utf8String = (text: string): Buffer => tlv(12, Buffer.from(text));
export const printableString = (text: string): Buffer => tlv(19, Buffer.from(text));
export const ia5String = (text: string): Buffer => tlv(22, Buffer.from(text));

export function integer(value: bigint | number): Buffer {
  let hex = BigInt(value).toString(16);
  hex = hex.length % 2 === 0 ? hex : `0${hex}`;
  const bytes = Buffer.from(hex, "hex");
  return tlv(2, (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

export function oid(text: string): Buffer {
  const [first = 0n, second = 0n, ...rest] = text.split(".").map(BigInt);
  return tlv(6, ...[first * 40n + second, ...rest].map(arc));
}

function arc(value: bigint): Buffer {
  const digits = [Number(value & 0x7fn)];
  for (let rest = value >> 7n; rest > 0n; rest >>= 7n) {
    digits.unshift(Number(rest & 0x7fn) | 0x80);
  }
  return Buffer.from(digits);
}

/** UTCTime up to 2049, GeneralizedTime from 2050 (RFC 5280, 4.1.2.5). */
export function time(date: Date): Buffer {
  const text = date.toISOString().replace(/[-:T]|\.\d+/g, "");
  return date.getUTCFullYear() < 2050 ? tlv(23, Buffer.from(text.slice(2))) : tlv(24, Buffer.from(text));
}

export function generalizedTime(date: Date): Buffer {
  return tlv(24, Buffer.from(date.toISOString().replace(/[-:T]|\.\d+/g, "")));
}

export function setOf(parts: readonly Buffer[]): Buffer {
  return set(...[...parts].sort((one, other) => Buffer.compare(one, other)));
}
