const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Text of bytes from a node, without loss: a byte that is no UTF-8 becomes the lone surrogate U+DC00 + byte, as Python
 * does (https://peps.python.org/pep-0383/). So two file names are equal only if their bytes are.
 */
export function textOfBytes(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return escapeInvalid(bytes);
  }
}

// Into one buffer: a piece for each byte that is none of a character takes fifty times its place.
function escapeInvalid(bytes: Buffer): string {
  const text = Buffer.allocUnsafe(2 * bytes.length);
  let from = 0;
  let to = 0;
  for (let at = 0; at < bytes.length;) {
    const length = validLengthAt(bytes, at);
    if (length === 0) {
      if (from < at) to += text.write(bytes.toString("utf8", from, at), to, "utf16le");
      to = text.writeUInt16LE(0xdc00 + (bytes[at] ?? 0), to);
      from = at + 1;
    }
    at += Math.max(length, 1);
  }
  to += text.write(bytes.toString("utf8", from), to, "utf16le");
  return text.toString("utf16le", 0, to);
}

/** How many bytes the character at a place has; 0: there is none. https://www.unicode.org/versions/latest/core-spec/chapter-3/#G27506 */
function validLengthAt(bytes: Buffer, at: number): number {
  const lead = bytes[at] ?? 0;
  const length = sequenceLength(lead);
  if (length < 2) return length;
  const [least, most] = secondByte[lead] ?? [0x80, 0xbf];
  for (let next = 1; next < length; next += 1) {
    const byte = bytes[at + next] ?? 0;
    if (byte < (next === 1 ? least : 0x80) || byte > (next === 1 ? most : 0xbf)) return 0;
  }
  return length;
}

/** Where the second byte is bounded: no longer form than needed, no surrogate, nothing beyond U+10FFFF. */
const secondByte: Readonly<Partial<Record<number, readonly [number, number]>>> = {
  0xe0: [0xa0, 0xbf],
  0xed: [0x80, 0x9f],
  0xf0: [0x90, 0xbf],
  0xf4: [0x80, 0x8f],
};

function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
}
