import { Asn1Error } from "./asn1-error";
import { tags } from "./tags";

/** A signature block of a real package has 5 to 20 kB. */
const longest = 1024 * 1024;
const deepest = 64;
const mostNodes = 50_000;

/**
 * Walks the headers of one BER element without building anything: hostile input is refused before it costs memory or stack.
 *
 * Encodings that would come out different when they are written again as DER are refused as well, because signatures cover the
 * bytes as they were. Only lengths left open (BER's indefinite form, which signing tools do produce) are allowed; Java closes them
 * in the same way before it verifies.
 *
 * @returns where the element ends.
 * @throws Asn1Error
 */
export function scanAsn1(bytes: Buffer): number {
  if (bytes.length > longest) {
    throw new Asn1Error(`${bytes.length} bytes of ASN.1, at most ${longest} are read`);
  }
  const ends: (number | "open")[] = [];
  let at = 0;
  for (let count = 1; count <= mostNodes; count++) {
    at = step(bytes, at, ends);
    while (ends.length > 0 && ends.at(-1) === at) {
      ends.pop();
    }
    if (ends.length === 0) {
      return at;
    }
    if (ends.length > deepest) {
      throw new Asn1Error(`elements nested deeper than ${deepest}`);
    }
  }
  throw new Asn1Error(`more than ${mostNodes} elements`);
}

/** Passes one header, and the content of a primitive element; `ends` are the ends of the elements around it. */
function step(bytes: Buffer, at: number, ends: (number | "open")[]): number {
  const limit = ends.filter((end): end is number => end !== "open").at(-1) ?? bytes.length;
  const identifier = bytes[at];
  if (identifier === undefined || at + 2 > limit || (identifier & 0x1f) === 0x1f) {
    throw new Asn1Error("an element that is cut off or has a tag above 30");
  }
  const { length, start } = readLength(bytes, at + 1);
  const end = start + (length === "open" ? 0 : length);
  if (end > limit) {
    throw new Asn1Error("an element that is longer than the one around it");
  }
  if (identifier === 0) {
    if (length !== 0 || ends.pop() !== "open") {
      throw new Asn1Error("an end mark where nothing is open");
    }
    return start;
  }
  const constructed = (identifier & 0x20) !== 0;
  if (length === "open" && !constructed) {
    throw new Asn1Error("a primitive element of open length");
  }
  if (constructed) {
    ends.push(length === "open" ? "open" : end);
    return start;
  }
  checkContent(identifier, bytes.subarray(start, end));
  return end;
}

function readLength(bytes: Buffer, at: number): { readonly length: number | "open"; readonly start: number } {
  const first = bytes[at] ?? 0;
  if (first === 0x80) {
    return { length: "open", start: at + 1 };
  }
  if (first < 0x80) {
    return { length: first, start: at + 1 };
  }
  const count = first & 0x7f;
  if (count > 4 || at + 1 + count > bytes.length) {
    throw new Asn1Error("a length that nothing here can have");
  }
  const length = bytes.readUIntBE(at + 1, count);
  if (length < 0x80 || length < 256 ** (count - 1)) {
    throw new Asn1Error("a length that is not written in its shortest form");
  }
  return { length, start: at + 1 + count };
}

/** node-forge goes by the number of a tag alone, whatever its class. */
function checkContent(identifier: number, content: Buffer): void {
  const [first, second = 0] = content;
  const tag = identifier & 0x1f;
  if (tag === tags.bmpString && content.length % 2 !== 0) {
    throw new Asn1Error("a BMPString of half a character");
  }
  if (tag === tags.integer && content.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    throw new Asn1Error("an INTEGER that is not written in its shortest form");
  }
}
