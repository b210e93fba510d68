import { types } from "node:util";
import { constants, createInflateRaw } from "node:zlib";
import type { InflateRaw } from "node:zlib";
import { inflateHere } from "./inflate-here";
import type { Inflated } from "./inflate-here";
import type { CentralEntry } from "./zip.types";

const outputSize = 256 * 1024;

/** What `inflateRawSync` itself uses. It is not documented, so the way without it stays. */
interface Engine {
  writeSync(flush: number, input: Buffer, at: number, length: number, output: Buffer, outputAt: number, outputLength: number): void;
}

interface Opened {
  readonly stream: InflateRaw;
  readonly engine: Engine;
  /** After each write: bytes of output, and of input, that are left. */
  readonly left: Uint32Array;
}

/**
 * Unpacks entries on this thread, one after the other, with one decompressor and memory that is used again. What `inflateRawSync`
 * allocates for each costs two threads a third of their time: the kernel clears every page of it, and takes it back.
 */
export class InflaterHere {
  #opened: Opened | undefined;
  #output: Buffer | undefined;

  /** @throws Error if the data is broken, ends early, or unpacks to more than declared; `sink` never gets more than that. */
  inflate(packed: Buffer, entry: CentralEntry, sink: (chunk: Buffer) => void): Inflated {
    this.#opened ??= open();
    if (this.#opened === undefined) {
      return inflateHere(packed, entry, sink);
    }
    const { stream, engine, left } = this.#opened;
    const output = (this.#output ??= Buffer.allocUnsafe(outputSize));
    stream.reset();
    let used = 0;
    let size = 0;
    do {
      engine.writeSync(constants.Z_FINISH, packed, used, packed.length - used, output, 0, outputSize);
      if (stream.errored !== null) {
        throw stream.errored;
      }
      const written = outputSize - (left[0] ?? 0);
      used = packed.length - (left[1] ?? 0);
      size += written;
      if (size > entry.size) {
        throw new RangeError("more data than declared");
      }
      sink(output.subarray(0, written));
    } while (left[0] === 0);
    return { used, size };
  }

  close(): void {
    this.#opened?.stream.destroy();
    this.#opened = undefined;
  }
}

function open(): Opened | undefined {
  const stream = createInflateRaw().on("error", () => undefined);
  const { _handle: engine, _writeState: left } = stream as InflateRaw & { _handle?: Partial<Engine>; _writeState?: unknown };
  if (typeof engine?.writeSync === "function" && types.isUint32Array(left)) {
    return { stream, engine: engine as Engine, left };
  }
  stream.destroy();
  return undefined;
}
