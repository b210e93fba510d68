import { AttributeLines } from "./attribute-lines";
import type { Lines } from "./lines";
import { ManifestTextError } from "./manifest-text-error";
import { isNameHeader, nameHeaderSize } from "./section-name";
import { unfold } from "./unfold";

/** Goes through the sections behind the main attributes of a text. Names, too, are made for those alone who ask. */
export class SectionLines {
  readonly #lines: Lines;
  readonly #attributes: AttributeLines;
  #nameStart = 0;
  #nameEnd = 0;
  /** Where the attributes of this section start. */
  start = 0;

  /** @param lines stands behind the main attributes. */
  constructor(lines: Lines) {
    this.#lines = lines;
    this.#attributes = new AttributeLines(lines);
  }

  /**
   * Goes to the next section, and through its attributes; blank lines before it do not count. False where none is left; one within
   * whose name the text ends is none.
   *
   * @throws ManifestTextError, LineTooLong
   */
  next(): boolean {
    const lines = this.#lines;
    do {
      if (!lines.next()) {
        return false;
      }
    } while (lines.end === lines.start);
    if (!isNameHeader(lines.bytes, lines.start, lines.end)) {
      throw new ManifestTextError("a section does not begin with 'Name: '");
    }
    const nameStart = lines.start + nameHeaderSize;
    if (!lines.passContinuations()) {
      return false;
    }
    this.#nameStart = nameStart;
    this.#nameEnd = lines.end;
    this.start = lines.position;
    this.#attributes.passAll();
    return true;
  }

  get name(): string {
    return unfold(this.#lines.bytes, this.#nameStart, this.#nameEnd);
  }

  passAll(): void {
    while (this.next());
  }
}
