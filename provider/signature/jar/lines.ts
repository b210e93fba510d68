const longestLine = 512;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** A line that, with its end, is longer than 512 bytes. */
export class LineTooLong extends Error {}

/** Reads lines as Java's Manifest does: they end with CRLF, LF or CR; what follows the last end is no line. */
export class Lines {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** The next line without its end; undefined at the end of the text. @throws LineTooLong */
  next(): Buffer | undefined {
    const start = this.#at;
    const window = this.#bytes.subarray(start, start + longestLine);
    const end = window.findIndex((byte) => byte === lineFeed || byte === carriageReturn);
    if (end < 0) {
      if (window.length === longestLine) {
        throw new LineTooLong(`a line of more than ${longestLine} bytes`);
      }
      return undefined;
    }
    const pair = window[end] === carriageReturn && window[end + 1] === lineFeed;
    this.#at = start + end + (pair ? 2 : 1);
    return window.subarray(0, end);
  }

  /** Whether the next line continues the one before it. */
  get continues(): boolean {
    return this.#bytes[this.#at] === 0x20;
  }
}
