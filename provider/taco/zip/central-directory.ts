import type { ByteSource } from "./byte-source";
import { readEndRecord } from "./end-record";
import { splitExtra, zip64Tag } from "./extra-fields";
import { zipLimits } from "./limits";
import { ZipError } from "./zip-error";
import type { CentralEntry, EndRecord, ZipDirectory, ZipProblem } from "./zip.types";

const headerSize = 46;
const headerSignature = 0x02014b50;
const saturated = 0xffffffff;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Reads the whole central directory as Java's ZipFile does: from the end record backwards, every header, whatever count the end
 * record gives (a reader that trusts the count misses the entries behind it).
 *
 * @throws ZipError where Java's ZipFile throws, and where a limit is exceeded; nothing but the directory has been read then.
 */
export async function readDirectory(source: ByteSource): Promise<ZipDirectory> {
  const end = await readEndRecord(source);
  if (end.position === 0) {
    return { end: { ...end, problems: [...end.problems, ...countProblems(end, 0)] }, position: 0, entries: [] };
  }
  const position = end.position - end.directorySize;
  const prefix = position - end.directoryOffset;
  if (end.directorySize < 0 || position < 0 || prefix < 0) {
    throw broken("the end record places the central directory outside the file");
  }
  if (end.entryCount < 0 || end.entryCount > end.directorySize / headerSize) {
    throw broken("the end record counts more entries than the central directory can hold");
  }
  if (end.directorySize > zipLimits.directoryBytes) {
    throw new ZipError("zip-limit", `The central directory has ${end.directorySize} bytes; at most ${zipLimits.directoryBytes} are read.`);
  }
  const entries = walk(await source.read(position, end.directorySize), prefix);
  return { end: { ...end, problems: [...end.problems, ...countProblems(end, entries.length)] }, position, entries };
}

function walk(directory: Buffer, prefix: number): CentralEntry[] {
  const entries: CentralEntry[] = [];
  let at = 0;
  while (at + headerSize <= directory.length) {
    if (entries.length === zipLimits.entries) {
      throw new ZipError("zip-limit", `The package has more than ${zipLimits.entries} entries.`);
    }
    const header = directory.subarray(at);
    const length = headerSize + header.readUInt16LE(28) + header.readUInt16LE(30) + header.readUInt16LE(32);
    if (length > header.length) {
      throw broken(`the central header of entry ${entries.length + 1} is longer than the directory`);
    }
    entries.push(parseHeader(header.subarray(0, length), prefix));
    at += length;
  }
  if (at !== directory.length) {
    throw broken("bytes are left over behind the last central header");
  }
  return entries;
}

function parseHeader(header: Buffer, prefix: number): CentralEntry {
  if (header.readUInt32LE(0) !== headerSignature) {
    throw broken("a central header does not start with its signature");
  }
  const flags = header.readUInt16LE(8);
  const method = header.readUInt16LE(10);
  if ((flags & 1) !== 0) {
    throw broken("an entry is encrypted");
  }
  if (method !== 0 && method !== 8) {
    throw broken(`an entry uses compression method ${method}; only 0 (stored) and 8 (deflated) exist in packages`);
  }
  const nameEnd = headerSize + header.readUInt16LE(28);
  const extraEnd = nameEnd + header.readUInt16LE(30);
  const rawName = header.subarray(headerSize, nameEnd);
  const extra = header.subarray(nameEnd, extraEnd);
  const sizes = zip64Sizes(header, extra);
  decode(header.subarray(extraEnd), "comment");
  return {
    name: decode(rawName, "name"),
    rawName,
    flags,
    method,
    crc: header.readUInt32LE(16),
    compressedSize: sizes.compressedSize,
    size: sizes.size,
    localOffset: sizes.localOffset + prefix,
    versionMadeBy: header.readUInt16LE(4),
    versionNeeded: header.readUInt16LE(6),
    extra,
    commentLength: header.length - extraEnd,
    externalAttributes: header.readUInt32LE(38),
    startDisk: header.readUInt16LE(34),
    zip64: sizes.zip64,
  };
}

interface Sizes {
  zip64: "fitting" | "needless";
  compressedSize: number;
  size: number;
  localOffset: number;
}

/** Sizes and offset of a header; where a field is saturated, its value stands in the zip64 extra field (APPNOTE 4.5.3). */
function zip64Sizes(header: Buffer, extra: Buffer): Sizes {
  const sizes: Sizes = {
    zip64: "fitting",
    compressedSize: header.readUInt32LE(20),
    size: header.readUInt32LE(24),
    localOffset: header.readUInt32LE(42),
  };
  const { fields, rest } = splitExtra(extra);
  if (rest >= 4) {
    throw broken("an extra field is longer than its header says");
  }
  for (const field of fields) {
    if (field.tag === zip64Tag) {
      applyZip64(sizes, field.data);
    }
  }
  return sizes;
}

function applyZip64(sizes: Sizes, data: Buffer): void {
  if (data.length === 0) {
    if (sizes.compressedSize === saturated || sizes.size === saturated) {
      throw broken("an empty zip64 field stands beside sizes that need one");
    }
    return;
  }
  if (![8, 16, 24, 28].includes(data.length)) {
    throw broken(`a zip64 field has ${data.length} bytes`);
  }
  const needed = [sizes.size, sizes.compressedSize, sizes.localOffset].filter((field) => field === saturated).length * 8;
  // Where only one of the sizes is in the field, JDK 17 looks for it in two different places.
  const single = (sizes.size === saturated) !== (sizes.compressedSize === saturated);
  sizes.zip64 = data.length === needed && !single ? sizes.zip64 : "needless";
  let at = 0;
  const next = (what: string): number => {
    if (at + 8 > data.length) {
      throw broken(`the zip64 field has no ${what}`);
    }
    const value = data.readBigInt64LE(at);
    at += 8;
    if (value < 0n || value > BigInt(Number.MAX_SAFE_INTEGER)) {
      throw broken(`the zip64 field gives ${value} as ${what}`);
    }
    return Number(value);
  };
  if (sizes.size === saturated) {
    sizes.size = next("size");
  }
  if (sizes.compressedSize === saturated) {
    sizes.compressedSize = next("packed size");
  }
  if (sizes.localOffset === saturated) {
    sizes.localOffset = next("offset");
  }
}

function decode(bytes: Buffer, what: string): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new ZipError("zip-broken", `The zip cannot be read: an entry has a ${what} that is not UTF-8.`, { cause });
  }
}

function countProblems(end: EndRecord, found: number): ZipProblem[] {
  return end.entryCount === found
    ? []
    : [{ code: "zip-count", message: `The end record counts ${end.entryCount} entries, the central directory has ${found}.` }];
}

function broken(what: string): ZipError {
  return new ZipError("zip-broken", `The zip cannot be read: ${what}.`);
}
