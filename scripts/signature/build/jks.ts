import { createHash } from "node:crypto";
import type { Issued } from "./certificates";

/** Writes a JKS store of trusted certificates. */
export function writeJks(certificates: readonly Pick<Issued, "der">[], password = "changeit"): Buffer {
  const body = Buffer.concat([
    uint32(0xfeedfeed),
    uint32(2),
    uint32(certificates.length),
    ...certificates.flatMap(({ der }, index) => [
      uint32(2),
      text(`anchor-${index}`),
      Buffer.alloc(8),
      text("X.509"),
      uint32(der.length),
      der,
    ]),
  ]);
  const seal = createHash("sha1").update(Buffer.from(password, "utf16le").swap16()).update("Mighty Aphrodite").update(body).digest();
  return Buffer.concat([body, seal]);
}

function uint32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
