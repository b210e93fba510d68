import { once } from "node:events";
import { createInflateRaw, inflateRawSync, type InflateRaw } from "node:zlib";
import { ZipError } from "./zip-error";
import type { CentralEntry } from "./zip.types";

/** Unpacked bytes that come from the thread pool at a time: with zlib's default of 16 kB the way there costs more than the work. */
const longestChunk = 1024 * 1024;
/** The shortest that zlib allows. */
const shortestChunk = 64;

export interface Inflated {
  /** Packed bytes used; fewer than there are means that something is hidden behind the data. */
  readonly used: number;
  readonly size: number;
}

/**
 * Unpacks an entry, whose packed bytes come piece by piece, on the thread pool. `sink` gets what was unpacked, piece by piece; never more
 * than the size that the directory declares.
 *
 * @throws ZipError if the data is broken, ends early, or unpacks to more than declared.
 */
export async function inflate(
  packed: AsyncIterable<Buffer>,
  entry: Pick<CentralEntry, "name" | "size">,
  sink: (chunk: Buffer) => void,
): Promise<Inflated> {
  // One byte more than declared is enough to notice that there is more.
  const stream = createInflateRaw({ chunkSize: Math.min(Math.max(entry.size + 1, shortestChunk), longestChunk) });
  let size = 0;
  stream.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > entry.size) {
      stream.destroy(new RangeError("more data than declared"));
    } else {
      sink(chunk);
    }
  });
  const ended = once(stream, "end");
  try {
    // With bytes behind the data the stream ends before it has taken everything.
    await Promise.race([ended, feed(packed, stream).then(() => ended)]);
    return { used: stream.bytesWritten, size };
  } catch (cause) {
    throw broken(entry.name, cause);
  } finally {
    ended.catch(() => undefined);
    stream.destroy();
  }
}

/**
 * The same for a small entry, whose packed bytes are there, on this thread: the way to the thread pool and back takes ten times as long as
 * the work.
 */
export function inflateAtOnce(packed: Buffer, entry: Pick<CentralEntry, "name" | "size">, sink: (chunk: Buffer) => void): Inflated {
  const { buffer, engine } = unpackAtOnce(packed, entry);
  if (buffer.length > 0) sink(buffer);
  return { used: engine.bytesWritten, size: buffer.length };
}

function unpackAtOnce(packed: Buffer, { name, size }: Pick<CentralEntry, "name" | "size">): { buffer: Buffer; engine: InflateRaw } {
  // One byte of room even for an empty entry: zlib takes no less, and that the entry has one more than declared is seen below.
  const options = { info: true, maxOutputLength: Math.max(size, 1), chunkSize: Math.max(size + 1, shortestChunk) };
  try {
    // The types of Node.js do not know what `info` makes of the result: https://nodejs.org/api/zlib.html#class-options
    const unpacked = inflateRawSync(packed, options) as unknown as { buffer: Buffer; engine: InflateRaw };
    if (unpacked.buffer.length > size) throw new RangeError("more data than declared");
    return unpacked;
  } catch (cause) {
    throw broken(name, cause);
  }
}

function broken(name: string, cause: unknown): ZipError {
  const what = `the packed data of ${JSON.stringify(name)} is broken or longer than declared`;
  return new ZipError("zip-broken", `The zip cannot be read: ${what}.`, { cause });
}

async function feed(packed: AsyncIterable<Buffer>, stream: InflateRaw): Promise<void> {
  for await (const piece of packed) {
    if (stream.readableEnded || stream.destroyed) {
      return;
    }
    if (!stream.write(piece)) {
      await once(stream, "drain");
    }
  }
  stream.end();
}
