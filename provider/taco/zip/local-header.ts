import { checkExtraFields, splitExtra, zip64Tag } from "./extra-fields";
import { isTooNew } from "./header-rules";
import { ZipError } from "./zip-error";
import type { CentralEntry, ZipProblem } from "./zip.types";

const signature = 0x04034b50;
const descriptorFlag = 1 << 3;
const saturated = 0xffffffff;

export const localHeaderSize = 30;

export interface LocalHeader {
  readonly versionNeeded: number;
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
    versionNeeded: bytes.readUInt16LE(4),
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
  const extra = rest.subarray(local.nameLength);
  const wide = zip64(extra);
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
  const problem = (code: ZipProblem["code"], what: string): ZipProblem => ({
    code,
    entry: entry.name,
    message: `${JSON.stringify(entry.name)} ${what}.`,
  });
  return [
    ...(differing.length === 0
      ? []
      : [problem("zip-local-header", `has another ${differing.join(", ")} in its local header than in the central directory`)]),
    ...(isTooNew(local.versionNeeded) ? [problem("zip-header", "asks in its local header for a reader that some do not have")] : []),
    ...(fitsZip64(local, wide)
      ? []
      : [problem("zip64-contradiction", "has a zip64 field in its local header that contradicts the header")]),
    ...(hasDescriptor(local) && local.method === 0
      ? [
          problem(
            "zip-descriptor",
            "is stored and followed by a data descriptor, which nobody can find who reads the package from its start",
          ),
        ]
      : []),
    ...checkExtraFields(extra, entry),
  ];
}

/**
 * Both sizes stand in the field, or none; and none where a descriptor follows, which has sizes of 4 bytes for one JDK and of 8 bytes for
 * another then.
 */
function fitsZip64(local: LocalHeader, wide: ReturnType<typeof zip64>): boolean {
  const saturatedSizes = [local.size, local.compressedSize].filter((size) => size === saturated).length;
  return wide === undefined ? saturatedSizes === 0 : saturatedSizes === 2 && !hasDescriptor(local);
}

function zip64(extra: Buffer): { readonly size: number; readonly compressedSize: number } | undefined {
  const data = splitExtra(extra).fields.find(({ tag }) => tag === zip64Tag)?.data;
  return data === undefined || data.length < 16
    ? data && { size: NaN, compressedSize: NaN }
    : { size: Number(data.readBigUInt64LE(0)), compressedSize: Number(data.readBigUInt64LE(8)) };
}
