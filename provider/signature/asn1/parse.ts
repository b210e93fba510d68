import type { asn1 as Forge } from "node-forge";
import { Asn1Error } from "./asn1-error";
import { Asn1Node } from "./node";
import { scanAsn1 } from "./scan";

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
  const end = scanAsn1(bytes);
  if (end !== bytes.length && options.trailing !== "ignore") {
    throw new Asn1Error(`${bytes.length - end} bytes behind the element`);
  }
  // node-forge is loaded when a signature is read, not when the provider starts; its other parts are not needed.
  const asn1 = require("node-forge/lib/asn1") as typeof Forge;
  const fromDer = asn1.fromDer as unknown as (bytes: string, options: ForgeOptions) => Forge.Asn1;
  try {
    const text = bytes.toString("binary", 0, end);
    return new Asn1Node(fromDer(text, { strict: true, parseAllBytes: true, decodeBitStrings: false }));
  } catch (cause) {
    throw new Asn1Error(cause instanceof Error ? cause.message : "not ASN.1", { cause });
  }
}
