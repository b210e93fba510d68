import { once } from "node:events";
import { constants, createInflateRaw } from "node:zlib";
import type { InflateRaw } from "node:zlib";
import { inflateHere } from "./inflate-here";
import type { Inflated } from "./inflate-here";
import { InflaterHere } from "./inflater-here";
import { ZipError } from "./zip-error";
import type { CentralEntry } from "./zip.types";

/** Up to so many unpacked bytes, handing the work to the thread pool costs more than doing it. */
const syncUpTo = 64 * 1024;
/** So many unpacked bytes come back from the thread pool at a time: with the default of 16 kB the way there costs more than the work. */
const chunkSize = 1024 * 1024;

/**
 * Unpacks entries whose packed bytes are in memory, one after the other, with one decompressor on the thread pool: a new one for
 * each entry, and new memory for what it unpacks, cost a third more time and most of the garbage.
 */
export class Inflater {
  readonly #where: "in-pool" | "here";
  readonly #here = new InflaterHere();
  #stream: InflateRaw | undefined;

  /** @param where entries of up to a megabyte are unpacked; larger ones are in the pool, small ones are not. */
  constructor(where: "in-pool" | "here") {
    this.#where = where;
  }

  /**
   * `sink` gets the data piece by piece; never more than the size that the directory declares.
   *
   * @throws ZipError if the data is broken, ends early, or unpacks to more than that.
   */
  async inflate(packed: Buffer, entry: CentralEntry, sink: (chunk: Buffer) => void): Promise<Inflated> {
    try {
      if (entry.size <= syncUpTo) {
        return inflateHere(packed, entry, sink);
      }
      return this.#where === "here" && entry.size <= chunkSize
        ? this.#here.inflate(packed, entry, sink)
        : await this.#inflateInPool(packed, entry, sink);
    } catch (cause) {
      this.close();
      throw broken(entry, cause);
    }
  }

  close(): void {
    this.#here.close();
    this.#stream?.destroy();
    this.#stream = undefined;
  }

  async #inflateInPool(packed: Buffer, entry: CentralEntry, sink: (chunk: Buffer) => void): Promise<Inflated> {
    const stream = (this.#stream ??= openStream());
    const before = stream.bytesWritten;
    const counted = countedSink(stream, entry, sink);
    stream.reset();
    rewind(stream);
    stream.on("data", counted.onData);
    try {
      await writeWhole(stream, packed);
      return { used: stream.bytesWritten - before, size: counted.size() };
    } finally {
      stream.off("data", counted.onData);
      if (stream.readableEnded) {
        this.close();
      }
    }
  }
}

function openStream(): InflateRaw {
  // To finish with every write is what makes data that ends early an error: the stream itself goes on to the next entry.
  const stream = createInflateRaw({ chunkSize, flush: constants.Z_FINISH });
  return stream.on("error", () => undefined);
}

function writeWhole(stream: InflateRaw, packed: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error?: Error | null): void => {
      stream.off("end", settle).off("error", settle);
      const failure = error ?? stream.errored;
      if (failure === null) {
        resolve();
      } else {
        reject(failure);
      }
    };
    // With bytes behind the data the stream ends, and the callback of the write never comes.
    stream.on("end", settle).on("error", settle);
    stream.write(packed, settle);
  });
}

/** The same for an entry of any size, whose packed bytes come piece by piece. */
export async function inflatePieces(packed: AsyncIterable<Buffer>, entry: CentralEntry, sink: (chunk: Buffer) => void): Promise<Inflated> {
  const stream = createInflateRaw({ chunkSize });
  // A microtask later the thread pool already unpacks the next chunk while this thread consumes this one.
  const counted = countedSink(stream, entry, (chunk) => queueMicrotask(() => sink(chunk)));
  stream.on("data", counted.onData);
  const ended = once(stream, "end");
  try {
    await Promise.race([ended, feed(packed, stream).then(() => ended)]);
    return { used: stream.bytesWritten, size: counted.size() };
  } catch (cause) {
    throw broken(entry, cause);
  } finally {
    ended.catch(() => undefined);
    stream.destroy();
  }
}

/**
 * Lets the stream write over what it unpacked last, which nobody holds any more: else the garbage collector runs for every 32 MB.
 * An internal of Node.js; where it is gone, nothing but that happens.
 */
function rewind(stream: InflateRaw): void {
  (stream as InflateRaw & { _outOffset?: number })._outOffset = 0;
}

/** Ends the stream, and passes nothing on, where more comes out than declared. */
function countedSink(stream: InflateRaw, entry: CentralEntry, sink: (chunk: Buffer) => void) {
  let size = 0;
  return {
    size: () => size,
    onData: (chunk: Buffer): void => {
      size += chunk.length;
      if (size > entry.size) {
        stream.destroy(new RangeError("more data than declared"));
      } else {
        sink(chunk);
      }
    },
  };
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

function broken(entry: CentralEntry, cause: unknown): ZipError {
  return new ZipError(
    "zip-broken",
    `The zip cannot be read: the packed data of ${JSON.stringify(entry.name)} is broken or longer than declared.`,
    { cause },
  );
}
