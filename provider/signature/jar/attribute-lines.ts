import type { Lines } from "./lines";
import { ManifestTextError } from "./manifest-text-error";
import { unfold } from "./unfold";

const longestName = 70;
const colon = 0x3a;
const space = 0x20;
const inNames = new Uint8Array(256);
for (const byte of Buffer.from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-")) {
  inNames[byte] = 1;
}

/**
 * Goes through the attributes of a section, up to a blank line or the end. Strings are made of those alone that somebody asks for: a
 * hostile section has a million.
 */
export class AttributeLines {
  readonly #lines: Lines;
  #start = 0;
  #colon = 0;
  #end = 0;

  /** @param lines where the attributes start; it stands behind them in the end. */
  constructor(lines: Lines) {
    this.#lines = lines;
  }

  /**
   * Goes to the next attribute; false where none is left. One within which the text ends is none.
   *
   * @throws ManifestTextError, LineTooLong
   */
  next(): boolean {
    const lines = this.#lines;
    if (!lines.next() || lines.end === lines.start) {
      return false;
    }
    const { bytes, start, end } = lines;
    if (bytes[start] === space) {
      throw new ManifestTextError("a line continues nothing");
    }
    const nameEnd = endOfName(bytes, start);
    const at = bytes[nameEnd] === colon ? nameEnd : bytes.indexOf(colon, start);
    if (at < 0 || at + 1 >= end || bytes[at + 1] !== space) {
      throw new ManifestTextError("a line is not of the form 'name: value'");
    }
    if (!lines.passContinuations()) {
      return false;
    }
    if (at !== nameEnd || at === start || at - start > longestName) {
      const name = bytes.toString("utf8", start, at);
      throw new ManifestTextError(`${JSON.stringify(name.slice(0, 80))} is no name of an attribute`);
    }
    this.#start = start;
    this.#colon = at;
    this.#end = lines.end;
    return true;
  }

  passAll(): void {
    while (this.next());
  }

  /** As it is written. */
  get name(): string {
    return this.#lines.bytes.toString("latin1", this.#start, this.#colon);
  }

  get value(): string {
    return unfold(this.#lines.bytes, this.#colon + 2, this.#end);
  }
}

function endOfName(bytes: Buffer, start: number): number {
  let at = start;
  while (inNames[bytes[at] ?? 0] === 1) {
    at++;
  }
  return at;
}
