import { endOfLine } from "./end-of-line";

const longestLine = 512;
// Made here: where the compiler of V8 folds a constant number into a text while the process ends, Node.js 20 waits forever
// (https://github.com/nodejs/node/issues/54918).
const tooLong = `a line of more than ${longestLine} bytes`;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;

/** A line that, with its end, is longer than 512 bytes. */
export class LineTooLong extends Error {}

/**
 * Reads lines as Java's Manifest does: they end with CRLF, LF or CR; what follows the last end is no line. A line is told by where it
 * starts and ends: an object for each of some hundred thousand costs more than reading them.
 */
export class Lines {
  readonly bytes: Buffer;
  /** Of the line read last: its first byte, and the one behind its last. */
  start = 0;
  end = 0;
  #next: number;

  constructor(bytes: Buffer, from = 0) {
    this.bytes = bytes;
    this.#next = from;
  }

  /** Where the next line starts. */
  get position(): number {
    return this.#next;
  }

  /** Goes to the next line; false at the end of the text. @throws LineTooLong */
  next(): boolean {
    const { bytes } = this;
    const start = this.#next;
    const limit = Math.min(start + longestLine, bytes.length);
    const end = endOfLine(bytes, start, limit);
    if (end === limit) {
      if (limit - start === longestLine) {
        throw new LineTooLong(tooLong);
      }
      return false;
    }
    const pair = bytes[end] === carriageReturn && end + 1 < limit && bytes[end + 1] === lineFeed;
    this.#next = end + (pair ? 2 : 1);
    this.start = start;
    this.end = end;
    return true;
  }

  /** Goes to the last of the lines that continue this one; false if the text ends within them. */
  passContinuations(): boolean {
    while (this.bytes[this.#next] === space) {
      if (!this.next()) {
        return false;
      }
    }
    return true;
  }
}
