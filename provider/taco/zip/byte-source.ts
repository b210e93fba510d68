import { read, readSync } from "node:fs";
import { open } from "node:fs/promises";

/** Bytes that are read by position: a buffer, or a file that is never read as a whole when it is large. */
export interface ByteSource {
  readonly size: number;
  /** Of the file, where it is one that is read piece by piece. */
  readonly descriptor?: number;
  /**
   * Exactly the bytes asked for. The caller has checked the range against `size`.
   *
   * @param into where the bytes may be put (at least `length` of them), to spare memory of their own; they need not be.
   */
  read(offset: number, length: number, into?: Buffer): Promise<Buffer>;
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
/** So many bytes are read sooner than the thread pool is asked to read them. */
const readAtOnceUpTo = 512 * 1024;

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
    return { ...fileSource(file.fd, size), close: () => file.close() };
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
}

/** A file that somebody else opened, and closes. */
export function fileSource(descriptor: number, size: number): ByteSource {
  return {
    size,
    descriptor,
    read: async (offset, length, into) => {
      const buffer = into?.subarray(0, length) ?? Buffer.allocUnsafe(length);
      let filled = 0;
      while (filled < length) {
        const bytesRead =
          length <= readAtOnceUpTo
            ? readSync(descriptor, buffer, filled, length - filled, offset + filled)
            : await readLater(descriptor, buffer, filled, length - filled, offset + filled);
        if (bytesRead === 0) {
          throw new Error("The package became shorter while it was read.");
        }
        filled += bytesRead;
      }
      return buffer;
    },
    close: () => Promise.resolve(),
  };
}

function readLater(descriptor: number, buffer: Buffer, at: number, length: number, position: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(descriptor, buffer, at, length, position, (error, bytesRead) => (error === null ? resolve(bytesRead) : reject(error)));
  });
}

function bufferSource(bytes: Buffer): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
    close: () => Promise.resolve(),
  };
}
