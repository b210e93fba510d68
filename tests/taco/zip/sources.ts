import type { ByteSource } from "../../../provider/taco/zip/byte-source";

export interface WatchedSource extends ByteSource {
  /** Where was read, and how much. */
  readonly reads: (readonly [number, number])[];
}

/** Bytes that nobody may ask for more of than there are, and that know what was asked for. */
export function watched(bytes: Buffer): WatchedSource {
  const reads: (readonly [number, number])[] = [];
  return {
    size: bytes.length,
    reads,
    read: (offset, length) => {
      reads.push([offset, length]);
      const inside = offset >= 0 && length >= 0 && offset + length <= bytes.length;
      return inside
        ? Promise.resolve(bytes.subarray(offset, offset + length))
        : Promise.reject(new RangeError(`read ${length} at ${offset}`));
    },
    close: () => Promise.resolve(),
  };
}
