import { ZipError } from "./zip-error";
import type { CentralEntry, ZipProblem } from "./zip.types";

const signature = 0x04034b50;
const descriptorFlag = 1 << 3;
const saturated = 0xffffffff;

export const localHeaderSize = 30;

export interface LocalHeader {
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly nameLength: number;
  readonly extraLength: number;
}

/** @throws ZipError if no local header starts there (Java refuses such a package too). */
export function parseLocalHeader(bytes: Buffer, entry: CentralEntry): LocalHeader {
  if (bytes.length < localHeaderSize || bytes.readUInt32LE(0) !== signature) {
    throw new ZipError("zip-broken", `The zip cannot be read: no local header stands where ${JSON.stringify(entry.name)} should start.`);
  }
  return {
    flags: bytes.readUInt16LE(6),
    method: bytes.readUInt16LE(8),
    crc: bytes.readUInt32LE(14),
    compressedSize: bytes.readUInt32LE(18),
    size: bytes.readUInt32LE(22),
    nameLength: bytes.readUInt16LE(26),
    extraLength: bytes.readUInt16LE(28),
  };
}

export function hasDescriptor(header: LocalHeader): boolean {
  return (header.flags & descriptorFlag) !== 0;
}

/** Compares what both headers of an entry say: one reader goes by this one, another by that one. `rest` is name and extra field. */
export function compareHeaders(local: LocalHeader, rest: Buffer, entry: CentralEntry): ZipProblem[] {
  const wide = zip64(rest.subarray(local.nameLength));
  const size = local.size === saturated && wide !== undefined ? wide.size : local.size;
  const compressedSize = local.compressedSize === saturated && wide !== undefined ? wide.compressedSize : local.compressedSize;
  const deferred = hasDescriptor(local) && local.crc === 0 && local.size === 0 && local.compressedSize === 0;
  const differing: string[] = [];
  if (!rest.subarray(0, local.nameLength).equals(entry.rawName)) {
    differing.push("name");
  }
  if (local.method !== entry.method) {
    differing.push("compression method");
  }
  if (local.flags !== entry.flags) {
    differing.push("flags");
  }
  if (!deferred && local.crc !== entry.crc) {
    differing.push("CRC");
  }
  if (!deferred && (size !== entry.size || compressedSize !== entry.compressedSize)) {
    differing.push("size");
  }
  return differing.length === 0
    ? []
    : [
        {
          code: "zip-local-header",
          entry: entry.name,
          message: `${JSON.stringify(entry.name)} has another ${differing.join(", ")} in its local header than in the central directory.`,
        },
      ];
}

function zip64(extra: Buffer): { readonly size: number; readonly compressedSize: number } | undefined {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === 1 && extra.readUInt16LE(at + 2) >= 16 && at + 20 <= extra.length) {
      return { size: Number(extra.readBigUInt64LE(at + 4)), compressedSize: Number(extra.readBigUInt64LE(at + 12)) };
    }
  }
  return undefined;
}
