import { once } from "node:events";
import { createInflateRaw, inflateRaw, inflateRawSync } from "node:zlib";
import { ZipError } from "./zip-error";
import type { CentralEntry } from "./zip.types";

/** Below this, handing the work to the thread pool costs more than doing it. */
const syncUpTo = 64 * 1024;
const smallestChunk = 64;

interface Inflated {
  readonly data: Buffer;
  /** Packed bytes used; fewer than there are means that something is hidden behind the data. */
  readonly used: number;
}

interface ZlibInfo {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/**
 * Unpacks one entry in memory; never more than the size that the directory declares.
 *
 * @throws ZipError if the data is broken or unpacks to more than that.
 */
export async function inflateWhole(packed: Buffer, entry: CentralEntry, where: "in-pool" | "here"): Promise<Inflated> {
  // One buffer for all: with the default of 16 kB every piece would go through the thread pool on its own.
  const options = { info: true, maxOutputLength: Math.max(entry.size, 1), chunkSize: Math.max(entry.size + 1, smallestChunk) };
  try {
    const { buffer, engine } =
      where === "here" || entry.size <= syncUpTo
        ? (inflateRawSync(packed, options) as unknown as ZlibInfo)
        : await new Promise<ZlibInfo>((resolve, reject) => {
            inflateRaw(packed, options, (error, result) => (error === null ? resolve(result as unknown as ZlibInfo) : reject(error)));
          });
    return { data: buffer, used: engine.bytesWritten };
  } catch (cause) {
    throw broken(entry, cause);
  }
}

/** The same for a large entry, piece by piece. Returns how many packed bytes were used and how many came out. */
export async function inflateStream(
  packed: AsyncIterable<Buffer>,
  entry: CentralEntry,
  sink: (chunk: Buffer) => void,
): Promise<{ readonly used: number; readonly size: number }> {
  const inflater = createInflateRaw({ chunkSize: 256 * 1024 });
  let size = 0;
  inflater.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > entry.size) {
      inflater.destroy(new RangeError("more data than declared"));
    } else {
      sink(chunk);
    }
  });
  const ended = once(inflater, "end");
  try {
    await Promise.race([ended, feed(packed, inflater).then(() => ended)]);
    return { used: inflater.bytesWritten, size };
  } catch (cause) {
    throw broken(entry, cause);
  } finally {
    ended.catch(() => undefined);
    inflater.destroy();
  }
}

async function feed(packed: AsyncIterable<Buffer>, inflater: ReturnType<typeof createInflateRaw>): Promise<void> {
  for await (const piece of packed) {
    if (inflater.readableEnded || inflater.destroyed) {
      return;
    }
    if (!inflater.write(piece)) {
      await once(inflater, "drain");
    }
  }
  inflater.end();
}

function broken(entry: CentralEntry, cause: unknown): ZipError {
  return new ZipError(
    "zip-broken",
    `The zip cannot be read: the packed data of ${JSON.stringify(entry.name)} is broken or longer than declared.`,
    {
      cause,
    },
  );
}
