import type { asn1 as Forge } from "node-forge";
import { forgeAsn1 } from "../forge";
import { Asn1Error } from "./asn1-error";
import { decodeOid } from "./oid";
import { tags } from "./tags";
import type { UniversalTag } from "./tags";
import { decodeTime } from "./time";

const universal = 0x00;
const contextSpecific = 0x80;

/**
 * One ASN.1 element. Every accessor checks class, tag and form of what it reads and throws an {@link Asn1Error} otherwise: what
 * one reader passes over another may take for something else.
 */
export class Asn1Node {
  readonly #node: Forge.Asn1;
  #der: Buffer | undefined;

  constructor(node: Forge.Asn1) {
    this.#node = node;
  }

  /** For the functions of node-forge that take its own elements. */
  get forge(): Forge.Asn1 {
    return this.#node;
  }

  is(tag: UniversalTag): boolean {
    return this.#class === universal && this.#tag === tags[tag];
  }

  isContext(tag: number): boolean {
    return this.#class === contextSpecific && this.#tag === tag;
  }

  get constructed(): boolean {
    return this.#node.constructed;
  }

  /** Tag number of a context-specific element. */
  contextTag(): number | undefined {
    return this.#class === contextSpecific ? this.#tag : undefined;
  }

  /** The elements of a constructed one, whatever its tag. */
  children(): Asn1Node[] {
    const { value } = this.#node;
    if (!this.#node.constructed || typeof value === "string") {
      throw new Asn1Error("an element without parts, expected one with parts");
    }
    return value.map((child) => new Asn1Node(child));
  }

  sequence(): Fields {
    this.#expect("sequence");
    return new Fields(this.children());
  }

  set(): Asn1Node[] {
    this.#expect("set");
    return this.children();
  }

  oid(): string {
    this.#expect("oid");
    return decodeOid(this.#content());
  }

  integer(): bigint {
    this.#expect("integer");
    const content = this.#content();
    if (content.length === 0) {
      throw new Asn1Error("an INTEGER without content");
    }
    return BigInt.asIntN(content.length * 8, BigInt(`0x${content.toString("hex")}`));
  }

  boolean(): boolean {
    this.#expect("boolean");
    const content = this.#content();
    if (content.length !== 1) {
      throw new Asn1Error(`a BOOLEAN of ${content.length} bytes`);
    }
    return content[0] !== 0;
  }

  /** Content of an OCTET STRING, also of one that BER splits into several. */
  octets(): Buffer {
    this.#expect("octetString");
    return this.#joined();
  }

  bits(): { readonly unused: number; readonly bytes: Buffer } {
    this.#expect("bitString");
    return splitBits(this.#content());
  }

  /** Content of a BIT STRING under an implicit tag. */
  implicitBits(): { readonly unused: number; readonly bytes: Buffer } {
    return splitBits(this.#content());
  }

  /** Milliseconds since 1970 of a UTCTime or a GeneralizedTime. */
  time(): number {
    if (!this.is("utcTime") && !this.is("generalizedTime")) {
      throw new Asn1Error("not a time");
    }
    return decodeTime(this.#content().toString("latin1"), this.is("utcTime") ? "utc" : "generalized");
  }

  null(): void {
    this.#expect("null");
    if (this.#content().length !== 0) {
      throw new Asn1Error("a NULL with content");
    }
  }

  /** Content of a primitive element, whatever its tag (for strings and implicit tags). */
  content(): Buffer {
    return this.#content();
  }

  /** The whole element, encoded as DER. */
  der(): Buffer {
    if (this.#der === undefined) {
      this.#der = Buffer.from(forgeAsn1().toDer(this.#node).getBytes(), "binary");
    }
    return this.#der;
  }

  get #class(): number {
    return this.#node.tagClass;
  }

  get #tag(): number {
    return this.#node.type;
  }

  #expect(tag: UniversalTag): void {
    if (!this.is(tag)) {
      throw new Asn1Error(`an element of class ${this.#class} and type ${this.#tag}, expected ${tag}`);
    }
  }

  #content(): Buffer {
    if (typeof this.#node.value !== "string") {
      throw new Asn1Error("an element with parts, expected one without");
    }
    // node-forge has decoded a BMPString already.
    return this.is("bmpString") ? Buffer.from(this.#node.value, "utf16le").swap16() : Buffer.from(this.#node.value, "binary");
  }

  #joined(): Buffer {
    return this.#node.constructed ? Buffer.concat(this.children().map((child) => child.octets())) : this.#content();
  }
}

function splitBits(content: Buffer): { readonly unused: number; readonly bytes: Buffer } {
  const unused = content[0];
  if (unused === undefined || unused > 7 || (unused > 0 && content.length === 1)) {
    throw new Asn1Error("a BIT STRING with a wrong count of unused bits");
  }
  return { unused, bytes: content.subarray(1) };
}

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
