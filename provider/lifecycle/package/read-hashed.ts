import { createHash } from "node:crypto";
import { open, type FileHandle } from "node:fs/promises";
import { fileLimits, tooLarge, type FileKind } from "../../vocabulary/file-limits";
import { readToItsEnd } from "../../vocabulary/read-limited";
import { hashed, type Hashed } from "./hashed";

const piece = 4 * 1024 * 1024;

/**
 * Reads a file and hashes it, each piece while the next one is being read.
 *
 * @throws the error of the file system, or one that says that the file is larger than one of its kind may be.
 */
export async function readHashed(path: string, kind: FileKind): Promise<Hashed> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size > fileLimits[kind]) throw new RangeError(tooLarge(kind, { size }));
    return size === 0 ? hashed(await readToItsEnd(file, kind)) : await readPieces(file, size);
  } finally {
    await file.close();
  }
}

async function readPieces(file: FileHandle, size: number): Promise<Hashed> {
  const bytes = Buffer.allocUnsafe(size);
  const hash = createHash("sha256");
  let done = 0;
  let end = await readFrom(file, bytes, 0);
  while (end > done) {
    const next = readFrom(file, bytes, end);
    hash.update(bytes.subarray(done, end));
    done = end;
    end = await next;
  }
  return { bytes: bytes.subarray(0, end), sha256: hash.digest("hex") };
}

/** Where what is read by now ends: at `start` if there is no more, as of a file that became shorter. */
async function readFrom(file: FileHandle, bytes: Buffer, start: number): Promise<number> {
  const length = Math.min(piece, bytes.length - start);
  return length === 0 ? start : start + (await file.read(bytes, start, length, start)).bytesRead;
}
