import { open, type FileHandle } from "node:fs/promises";
import { fileLimits, tooLarge, type FileKind } from "./file-limits";

/**
 * The bytes of a file that the user named.
 *
 * @throws the error of the file system, or one that says that the file is larger than one of its kind may be.
 */
export async function readLimited(path: string, kind: FileKind): Promise<Buffer> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size > fileLimits[kind]) throw new RangeError(tooLarge(kind, { size }));
    return await readToItsEnd(file, kind);
  } finally {
    await file.close();
  }
}

/** What has no size beforehand, such as a named pipe, is read until it ends, or until it is too large. */
export async function readToItsEnd(file: FileHandle, kind: FileKind): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of file.createReadStream({ autoClose: false, highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > fileLimits[kind]) throw new RangeError(tooLarge(kind, { moreThan: fileLimits[kind] }));
    parts.push(part);
  }
  return Buffer.concat(parts);
}
