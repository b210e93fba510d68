/**
 * Writes DER, the encoding of certificates and signatures (X.690, https://www.itu.int/rec/T-REC-X.690). The provider's
 * reader is another one: a mistake of it must not be repeated here.
 */
export const der = {
  sequence: (...parts: readonly Buffer[]): Buffer => element(0x30, ...parts),
  /** A SET OF, whose parts DER sorts by their bytes. */
  set: (...parts: readonly Buffer[]): Buffer => element(0x31, ...[...parts].sort((one, other) => Buffer.compare(one, other))),
  integer: (value: number | Buffer): Buffer => element(0x02, positive(typeof value === "number" ? numberBytes(value) : value)),
  oid: (dotted: string): Buffer => element(0x06, objectIdentifier(dotted)),
  octets: (...parts: readonly Buffer[]): Buffer => element(0x04, ...parts),
  /** A BIT STRING; `unused` is how many bits of the last byte do not count. */
  bits: (bytes: Buffer, unused = 0): Buffer => element(0x03, Buffer.from([unused]), bytes),
  text: (value: string): Buffer => element(0x0c, Buffer.from(value, "utf8")),
  true: (): Buffer => element(0x01, Buffer.from([0xff])),
  null: (): Buffer => element(0x05),
  utcTime: (date: Date): Buffer => element(0x17, Buffer.from(digits(date).slice(2))),
  generalizedTime: (date: Date): Buffer => element(0x18, Buffer.from(digits(date))),
  /** A constructed element with a context-specific tag. */
  context: (tag: number, ...parts: readonly Buffer[]): Buffer => element(0xa0 | tag, ...parts),
  /** A primitive element with a context-specific tag. */
  contextPrimitive: (tag: number, bytes: Buffer): Buffer => element(0x80 | tag, bytes),
};

function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), length(content.length), content]);
}

function length(value: number): Buffer {
  if (value < 0x80) return Buffer.from([value]);
  const bytes = numberBytes(value);
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

function numberBytes(value: number): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
}

// In its shortest form: a digest may begin with zeros.
function positive(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const shortest = first === -1 ? Buffer.from([0]) : bytes.subarray(first);
  return (shortest[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), shortest]) : shortest;
}

function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return Buffer.from([first * 40 + second, ...rest.flatMap(base128)]);
}

function base128(value: number): number[] {
  const groups = [value & 0x7f];
  for (let left = value >>> 7; left > 0; left >>>= 7) groups.unshift(0x80 | (left & 0x7f));
  return groups;
}

// 20260115120000Z
function digits(date: Date): string {
  return date.toISOString().replace(/\.\d+|[-:T]/g, "");
}
