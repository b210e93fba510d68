import { digest } from "../crypto/digest";

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

/** Raw sections of a manifest by name, found as Java's ManifestDigester finds them (not by parsing its attributes). */
export class ManifestSections {
  readonly #bytes: Buffer;
  readonly #main: readonly Section[] | undefined;
  readonly #sections = new Map<string, Section[]>();

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
    const main = findSection(bytes, 0);
    this.#main = main === undefined ? undefined : [main];
    for (
      let section = main && findSection(bytes, main.endWithBlank);
      section !== undefined;
      section = findSection(bytes, section.endWithBlank)
    ) {
      const name = readName(bytes, section);
      if (name !== undefined) {
        const list = this.#sections.get(name) ?? [];
        this.#sections.set(name, list);
        list.push(section);
      }
    }
  }

  get main(): readonly Section[] | undefined {
    return this.#main;
  }

  get(name: string): readonly Section[] | undefined {
    return this.#sections.get(name) ?? (name === mainName ? this.#main : undefined);
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
  if (!/^name: $/i.test(bytes.toString("latin1", start, start + 6))) {
    return undefined;
  }
  const pieces: Buffer[] = [];
  let at = start + 6;
  for (;;) {
    const lineEnd = endOfLine(bytes, at, end);
    pieces.push(bytes.subarray(at, lineEnd));
    at = lineEnd + (bytes[lineEnd] === carriageReturn && bytes[lineEnd + 1] === lineFeed ? 2 : 1);
    if (at >= end || bytes[at] !== space) {
      return Buffer.concat(pieces).toString("utf8");
    }
    at++;
  }
}

function endOfLine(bytes: Buffer, from: number, limit: number): number {
  let at = from;
  while (at < limit && bytes[at] !== carriageReturn && bytes[at] !== lineFeed) {
    at++;
  }
  return at;
}
