import { open, type FileHandle } from "node:fs/promises";

/** Bytes that are read by position: a buffer, or a file that is never read as a whole when it is large. */
export interface ByteSource {
  readonly size: number;
  /** Exactly the bytes asked for. The caller has checked the range against `size`. */
  read(offset: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** A package: its bytes, or the path of its file. */
export type PackageSource = Buffer | PackageFile;

/** A package as a file. */
export interface PackageFile {
  /** Where it is. */
  readonly path: string;
}

/** A path that leads to a directory or a device. */
export class NotAFile extends Error {}

/** Files up to this size are read in one go: one system call instead of some for every entry. */
const readWholeUpTo = 16 * 1024 * 1024;

/**
 * Opens a package for reading.
 *
 * @throws the error of the file system, or {@link NotAFile}.
 */
export async function openBytes(source: PackageSource): Promise<ByteSource> {
  if (Buffer.isBuffer(source)) {
    return bufferSource(source);
  }
  const file = await open(source.path, "r");
  try {
    const { size, isFile } = await file.stat().then((stat) => ({ size: stat.size, isFile: stat.isFile() }));
    if (!isFile) {
      throw new NotAFile(`${source.path} is not a regular file.`);
    }
    if (size <= readWholeUpTo) {
      const whole = await file.readFile();
      await file.close();
      return bufferSource(whole);
    }
    return fileSource(file, size);
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
}

function fileSource(file: FileHandle, size: number): ByteSource {
  return {
    size,
    read: async (offset, length) => {
      const buffer = Buffer.allocUnsafe(length);
      for (let filled = 0; filled < length;) {
        const { bytesRead } = await file.read(buffer, filled, length - filled, offset + filled);
        if (bytesRead === 0) {
          throw new Error("The package became shorter while it was read.");
        }
        filled += bytesRead;
      }
      return buffer;
    },
    close: () => file.close(),
  };
}

function bufferSource(bytes: Buffer): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
    close: () => Promise.resolve(),
  };
}
