import type { asn1 as Forge } from "node-forge";
import { Asn1Error } from "./asn1-error";
import { Asn1Node } from "./node";
import { tags } from "./tags";

/** A signature block of a real package has 5 to 20 kB. */
const longest = 1024 * 1024;
const deepest = 64;
const mostNodes = 50_000;

export interface ParseOptions {
  /** Bytes behind the element: an error, or (as Java does with a signature block) not looked at. */
  readonly trailing?: "refuse" | "ignore";
}

/** Options of node-forge's parser that its types do not know. */
interface ForgeOptions {
  readonly strict: boolean;
  readonly parseAllBytes: boolean;
  readonly decodeBitStrings: boolean;
}

/**
 * Parses one BER or DER element.
 *
 * @throws Asn1Error if it is none, or larger, deeper or of more parts than anything that is honest.
 */
export function parseAsn1(bytes: Buffer, options: ParseOptions = {}): Asn1Node {
  if (bytes.length > longest) {
    throw new Asn1Error(`${bytes.length} bytes of ASN.1, at most ${longest} are read`);
  }
  checkBounds(bytes);
  // node-forge is loaded when a signature is read, not when the provider starts; its other parts are not needed.
  const asn1 = require("node-forge/lib/asn1") as typeof Forge;
  try {
    const fromDer = asn1.fromDer as unknown as (bytes: string, options: ForgeOptions) => Forge.Asn1;
    return new Asn1Node(
      fromDer(bytes.toString("binary"), { strict: true, parseAllBytes: options.trailing !== "ignore", decodeBitStrings: false }),
    );
  } catch (cause) {
    throw new Asn1Error(cause instanceof Error ? cause.message : "not ASN.1", { cause });
  }
}

/**
 * Walks the headers once, without building anything: hostile input is refused before it costs memory or stack. What is wrong in
 * another way is left to the parser.
 */
function checkBounds(bytes: Buffer): void {
  const ends: number[] = [];
  let at = 0;
  for (let count = 0; at + 2 <= bytes.length; count++) {
    if (count > mostNodes) {
      throw new Asn1Error(`more than ${mostNodes} elements`);
    }
    while (ends.length > 0 && at >= (ends.at(-1) ?? 0)) {
      ends.pop();
    }
    const identifier = bytes[at] ?? 0;
    const { length, header } = readLength(bytes, at + 1);
    at += 1 + header;
    if (identifier === 0 && length === 0) {
      ends.pop();
    } else if ((identifier & 0x20) !== 0 && (identifier & 0x1f) !== tags.null) {
      ends.push(length === undefined ? Infinity : at + length);
    } else {
      at += length ?? 0;
    }
    if (ends.length > deepest) {
      throw new Asn1Error(`elements nested deeper than ${deepest}`);
    }
    if (ends.length === 0) {
      return;
    }
  }
}

function readLength(bytes: Buffer, at: number): { readonly length: number | undefined; readonly header: number } {
  const first = bytes[at] ?? 0;
  if (first === 0x80) {
    return { length: undefined, header: 1 };
  }
  if (first < 0x80) {
    return { length: first, header: 1 };
  }
  const count = first & 0x7f;
  if (count > 4 || at + 1 + count > bytes.length) {
    throw new Asn1Error("a length that nothing here can have");
  }
  return { length: bytes.readUIntBE(at + 1, count), header: 1 + count };
}
