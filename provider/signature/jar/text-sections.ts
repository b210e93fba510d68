import { Attributes } from "./attributes";
import { Lines } from "./lines";
import { SectionLines } from "./section-lines";
import { SectionStarts } from "./section-starts";

/**
 * Sections by name; those of one name are one. They stay text until somebody asks: a hostile manifest has some hundred thousand, and no
 * file for any of them.
 */
export class TextSections {
  readonly #bytes: Buffer;
  readonly #from: number;
  #all: SectionStarts | undefined;

  /** @param from where the main attributes end, in a text that was read before and has no mistakes. */
  constructor(bytes: Buffer, from: number) {
    this.#bytes = bytes;
    this.#from = from;
  }

  /** All of them, in the order of their first appearance. */
  *[Symbol.iterator](): Generator<readonly [name: string, attributes: Attributes]> {
    this.#all ??= this.#find(() => true);
    for (const [name, starts] of this.#all) {
      yield [name, new Attributes(this.#bytes, starts)];
    }
  }

  /** Those that have one of some names. Of all others nothing is kept. */
  among(names: ReadonlySet<string>): ReadonlyMap<string, Attributes> {
    const found = this.#find((name) => names.has(name));
    return new Map([...found].map(([name, starts]) => [name, new Attributes(this.#bytes, starts)]));
  }

  #find(wanted: (name: string) => boolean): SectionStarts {
    const starts = new SectionStarts();
    const lines = new SectionLines(new Lines(this.#bytes, this.#from));
    while (lines.next()) {
      const { name } = lines;
      if (wanted(name)) {
        starts.add(name, lines.start);
      }
    }
    return starts;
  }
}
