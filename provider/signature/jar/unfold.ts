import { endOfLine } from "./end-of-line";

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * The text of a line with the lines that continue it. It is joined as bytes, in one buffer: a fold may split a character, and a hostile
 * name has some million folds.
 *
 * @param end where the text of the last of them ends; behind every end of a line before that stands the space of a continuation.
 */
export function unfold(bytes: Buffer, start: number, end: number): string {
  let at = endOfLine(bytes, start, end);
  if (at === end) {
    return bytes.toString("utf8", start, end);
  }
  const joined = Buffer.allocUnsafe(end - start);
  let size = bytes.copy(joined, 0, start, at);
  while (at < end) {
    const byte = bytes[at];
    if (byte === lineFeed || byte === carriageReturn) {
      at += byte === carriageReturn && bytes[at + 1] === lineFeed ? 3 : 2;
    } else {
      joined[size++] = byte ?? 0;
      at++;
    }
  }
  return joined.toString("utf8", 0, size);
}
