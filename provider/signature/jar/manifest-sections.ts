import { digest } from "../crypto/digest";
import { endOfLine } from "./end-of-line";
import { isNameHeader, nameHeaderSize } from "./section-name";
import { SectionStarts } from "./section-starts";
import { unfold } from "./unfold";

/** The bytes of a section of a manifest, as signature files hash them. */
export interface Section {
  readonly start: number;
  /** End without the blank line behind it. */
  readonly end: number;
  readonly endWithBlank: number;
}

const mainName = "Manifest-Main-Attributes";
const carriageReturn = 0x0d;
const lineFeed = 0x0a;
const space = 0x20;

/** Where the sections of a manifest start; of some hundred thousand of them no more than that is kept. */
interface Index {
  readonly main: Section | undefined;
  readonly starts: SectionStarts;
}

/**
 * Raw sections of a manifest by name, found as Java's ManifestDigester finds them (not by parsing its attributes), when the first of
 * them is wanted.
 */
export class ManifestSections {
  readonly #bytes: Buffer;
  #found: Index | undefined;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get #index(): Index {
    return (this.#found ??= findSections(this.#bytes));
  }

  get main(): readonly Section[] | undefined {
    const { main } = this.#index;
    return main && [main];
  }

  get(name: string): readonly Section[] | undefined {
    const starts = this.#index.starts.get(name);
    return starts?.flatMap((start) => findSection(this.#bytes, start) ?? []) ?? (name === mainName ? this.main : undefined);
  }

  digestWhole(algorithm: string): Buffer | undefined {
    return digest(algorithm, this.#bytes);
  }

  /** @param ending whether the blank line behind each section counts ("netscape": it does not). */
  digest(algorithm: string, sections: readonly Section[], ending: "blank-line" | "netscape"): Buffer | undefined {
    return digest(
      algorithm,
      ...sections.map(({ start, end, endWithBlank }) => this.#bytes.subarray(start, ending === "netscape" ? end : endWithBlank)),
    );
  }
}

function findSections(bytes: Buffer): Index {
  const starts = new SectionStarts();
  const main = findSection(bytes, 0);
  let section = main && findSection(bytes, main.endWithBlank);
  for (; section !== undefined; section = findSection(bytes, section.endWithBlank)) {
    const name = readName(bytes, section);
    if (name !== undefined) {
      starts.add(name, section.start);
    }
  }
  return { main, starts };
}

/** A section ends at a blank line, or with the last line end of the text; without that it does not exist. */
function findSection(bytes: Buffer, start: number): Section | undefined {
  let lastLineEnd = start - 1;
  let blank = true;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte !== carriageReturn && byte !== lineFeed) {
      blank = false;
      continue;
    }
    if (byte === carriageReturn && bytes[at + 1] === lineFeed) {
      at++;
    }
    if (blank || at === bytes.length - 1) {
      return { start, end: (blank ? lastLineEnd : at) + 1, endWithBlank: at + 1 };
    }
    lastLineEnd = at;
    blank = true;
  }
  return undefined;
}

function readName(bytes: Buffer, { start, end }: Section): string | undefined {
  if (!isNameHeader(bytes, start, bytes.length)) {
    return undefined;
  }
  const nameStart = start + nameHeaderSize;
  for (let at = nameStart; ; at++) {
    const lineEnd = endOfLine(bytes, at, end);
    at = lineEnd + (bytes[lineEnd] === carriageReturn && bytes[lineEnd + 1] === lineFeed ? 2 : 1);
    if (at >= end || bytes[at] !== space) {
      return unfold(bytes, nameStart, lineEnd);
    }
  }
}
