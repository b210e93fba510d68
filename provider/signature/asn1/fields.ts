import { Asn1Error } from "./asn1-error";
import type { Asn1Node } from "./node";
import type { UniversalTag } from "./tags";

/** Reads the parts of a SEQUENCE in their order; `end` sees to it that none is passed over. */
export class Fields {
  readonly #nodes: readonly Asn1Node[];
  #at = 0;

  constructor(nodes: readonly Asn1Node[]) {
    this.#nodes = nodes;
  }

  next(): Asn1Node {
    const node = this.#nodes[this.#at];
    if (node === undefined) {
      throw new Asn1Error(`${this.#nodes.length} parts, expected more`);
    }
    this.#at++;
    return node;
  }

  /** The next part if it has that context tag. */
  optionalContext(tag: number): Asn1Node | undefined {
    return this.#nodes[this.#at]?.isContext(tag) === true ? this.next() : undefined;
  }

  /** The next part if it has that universal tag. */
  optional(tag: UniversalTag): Asn1Node | undefined {
    return this.#nodes[this.#at]?.is(tag) === true ? this.next() : undefined;
  }

  get more(): boolean {
    return this.#at < this.#nodes.length;
  }

  end(): void {
    if (this.more) {
      throw new Asn1Error(`${this.#nodes.length} parts, expected ${this.#at}`);
    }
  }
}
