import type { ByteSource } from "./byte-source";

/** Reads a part of a package in one go, on the thread pool, so that what lies in it costs no system call any more. */
export async function readAhead(source: ByteSource, offset: number, length: number, into: Buffer): Promise<ByteSource> {
  const bytes = await source.read(offset, length, into);
  return {
    ...source,
    read: (position, wanted, own) =>
      position >= offset && position + wanted <= offset + length
        ? Promise.resolve(bytes.subarray(position - offset, position - offset + wanted))
        : source.read(position, wanted, own),
  };
}
