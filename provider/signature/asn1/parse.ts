import { forgeAsn1 } from "../forge";
import { Asn1Error } from "./asn1-error";
import { Asn1Node } from "./node";
import { scanAsn1 } from "./scan";

export interface ParseOptions {
  /** Bytes behind the element: an error, or (as Java does with a signature block) not looked at. */
  readonly trailing?: "refuse" | "ignore";
}

/**
 * Parses one BER or DER element.
 *
 * @throws Asn1Error if it is none, or larger, deeper or of more parts than anything that is honest.
 */
export function parseAsn1(bytes: Buffer, options: ParseOptions = {}): Asn1Node {
  const end = scanAsn1(bytes);
  if (end !== bytes.length && options.trailing !== "ignore") {
    throw new Asn1Error(`${bytes.length - end} bytes behind the element`);
  }
  try {
    const text = bytes.toString("binary", 0, end);
    return new Asn1Node(forgeAsn1().fromDer(text, { strict: true, parseAllBytes: true, decodeBitStrings: false }));
  } catch (cause) {
    throw new Asn1Error(cause instanceof Error ? cause.message : "not ASN.1", { cause });
  }
}
