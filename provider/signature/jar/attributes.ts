import { AttributeLines } from "./attribute-lines";
import { Lines } from "./lines";

export interface Attribute {
  /** As it is written. */
  readonly name: string;
  readonly value: string;
}

/** Attributes of a section, or of the sections of one name. They stay text until somebody asks, and are read anew each time. */
export class Attributes {
  readonly #bytes: Buffer;
  readonly #starts: readonly number[];

  /** @param starts where they start, in a text that was read before and has no mistakes. */
  constructor(bytes: Buffer, starts: readonly number[]) {
    this.#bytes = bytes;
    this.#starts = starts;
  }

  /** The attribute of a name in upper case. */
  get(key: string): Attribute | undefined {
    return this.select((one) => one === key).get(key);
  }

  /** Names in upper case; one that is there twice comes twice. */
  *keys(): Generator<string> {
    for (const { name } of this.#lines()) {
      yield name.toUpperCase();
    }
  }

  /** Some attributes by name in upper case, in the order of their first appearance: with its spelling, and the value of the last. */
  select(wanted: (key: string) => boolean): ReadonlyMap<string, Attribute> {
    const found = new Map<string, Attribute>();
    for (const line of this.#lines()) {
      const { name } = line;
      const key = name.toUpperCase();
      if (wanted(key)) {
        found.set(key, { name: found.get(key)?.name ?? name, value: line.value });
      }
    }
    return found;
  }

  /** One reader, at each attribute in turn. */
  *#lines(): Generator<AttributeLines> {
    for (const start of this.#starts) {
      const lines = new AttributeLines(new Lines(this.#bytes, start));
      while (lines.next()) {
        yield lines;
      }
    }
  }
}
