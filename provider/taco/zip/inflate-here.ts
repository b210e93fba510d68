import { inflateRawSync } from "node:zlib";
import type { CentralEntry } from "./zip.types";

const smallestChunk = 64;

export interface Inflated {
  /** Packed bytes used; fewer than there are means that something is hidden behind the data. */
  readonly used: number;
  readonly size: number;
}

interface ZlibInfo {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/** Unpacks an entry on this thread, in one piece. @throws what node:zlib throws if the data is broken or longer than declared. */
export function inflateHere(packed: Buffer, entry: CentralEntry, sink: (chunk: Buffer) => void): Inflated {
  const options = { info: true, maxOutputLength: Math.max(entry.size, 1), chunkSize: Math.max(entry.size + 1, smallestChunk) };
  const { buffer, engine } = inflateRawSync(packed, options) as unknown as ZlibInfo;
  sink(buffer);
  return { used: engine.bytesWritten, size: buffer.length };
}
