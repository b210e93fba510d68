import type { ByteSource } from "./byte-source";
import { ZipError } from "./zip-error";
import type { EndRecord, ZipProblem } from "./zip.types";

const endSize = 22;
const locatorSize = 20;
const end64Size = 56;
const longestComment = 0xffff;
const endSignature = 0x06054b50;
const locatorSignature = 0x07064b50;
const end64Signature = 0x06064b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;

interface Candidate {
  readonly position: number;
  readonly entryCount: number;
  readonly directorySize: number;
  readonly directoryOffset: number;
  readonly commentLength: number;
  readonly diskNumbers: readonly number[];
}

/**
 * Finds the end of central directory record as Java's ZipFile does: the last signature whose comment fills the file, or whose
 * numbers at least lead to a central and a local header. What a stricter reader would see differently is listed as a problem.
 *
 * @throws ZipError if there is none.
 */
export async function readEndRecord(source: ByteSource): Promise<EndRecord> {
  const tailLength = Math.min(source.size, endSize + longestComment);
  const tailStart = source.size - tailLength;
  const tail = await source.read(tailStart, tailLength);
  for (let at = tailLength - endSize; at >= 0; at--) {
    if (tail[at] !== 0x50 || tail.readUInt32LE(at) !== endSignature) {
      continue;
    }
    const candidate = parse(tail, at, tailStart);
    const exact = candidate.position + endSize + candidate.commentLength === source.size;
    if (exact || (await leadsToHeaders(source, candidate))) {
      return withZip64(source, candidate, [...endProblems(candidate, source.size), ...nestedRecords(tail, at)]);
    }
  }
  throw new ZipError("not-a-zip", "No end of central directory record was found: this is not a zip file, or its end is missing.");
}

function parse(tail: Buffer, at: number, tailStart: number): Candidate {
  return {
    position: tailStart + at,
    diskNumbers: [tail.readUInt16LE(at + 4), tail.readUInt16LE(at + 6), tail.readUInt16LE(at + 8) - tail.readUInt16LE(at + 10)],
    entryCount: tail.readUInt16LE(at + 10),
    directorySize: tail.readUInt32LE(at + 12),
    directoryOffset: tail.readUInt32LE(at + 16),
    commentLength: tail.readUInt16LE(at + 20),
  };
}

async function leadsToHeaders(source: ByteSource, end: Candidate): Promise<boolean> {
  const directory = end.position - end.directorySize;
  const first = directory - end.directoryOffset;
  // Both lie before the record, the first entry before the directory.
  if (first < 0) {
    return false;
  }
  const central = await source.read(directory, 4);
  const local = await source.read(first, 4);
  return central.readUInt32LE(0) === centralSignature && local.readUInt32LE(0) === localSignature;
}

function endProblems(end: Candidate, fileSize: number): ZipProblem[] {
  const problems: ZipProblem[] = [];
  const rest = fileSize - end.position - endSize;
  if (rest !== end.commentLength) {
    problems.push({
      code: "zip-suffix",
      message: `${rest} bytes follow the end record, which announces a comment of ${end.commentLength}.`,
    });
  } else if (rest > 0) {
    problems.push({ code: "zip-comment", message: `The archive has a comment of ${rest} bytes, which no signature covers.` });
  }
  if (end.diskNumbers.some((number) => number !== 0)) {
    problems.push({ code: "zip-count", message: "The end record speaks of several disks, or of two different entry counts." });
  }
  return problems;
}

/** An end record inside the comment: a reader that searches forward would take that one. */
function nestedRecords(tail: Buffer, at: number): ZipProblem[] {
  const marks = [endSignature, centralSignature, localSignature].map((signature) => {
    const mark = Buffer.alloc(4);
    mark.writeUInt32LE(signature);
    return tail.indexOf(mark, at + 4);
  });
  return marks.some((found) => found >= 0)
    ? [{ code: "zip-suffix", message: "The archive comment holds zip records of its own: other readers may see another package there." }]
    : [];
}

async function withZip64(source: ByteSource, end: Candidate, problems: ZipProblem[]): Promise<EndRecord> {
  const plain: EndRecord = { ...pick(end), problems };
  if (end.position < locatorSize) {
    return plain;
  }
  const locator = await source.read(end.position - locatorSize, locatorSize);
  if (locator.readUInt32LE(0) !== locatorSignature) {
    return plain;
  }
  const contradiction = (message: string): EndRecord => ({ ...plain, problems: [...problems, { code: "zip64-contradiction", message }] });
  const position = Number(locator.readBigUInt64LE(8));
  if (position + end64Size > source.size) {
    return contradiction("The zip64 locator points outside the file.");
  }
  const record = await source.read(position, end64Size);
  if (record.readUInt32LE(0) !== end64Signature) {
    return contradiction("The zip64 locator points to something that is no zip64 end record.");
  }
  const wide = {
    position,
    entryCount: Number(record.readBigInt64LE(32)),
    directorySize: Number(record.readBigInt64LE(40)),
    directoryOffset: Number(record.readBigInt64LE(48)),
  };
  const agrees =
    (wide.directorySize === end.directorySize || end.directorySize === 0xffffffff) &&
    (wide.directoryOffset === end.directoryOffset || end.directoryOffset === 0xffffffff) &&
    (wide.entryCount === end.entryCount || end.entryCount === 0xffff);
  if (!agrees) {
    return contradiction("The zip64 end record and the end record give different numbers.");
  }
  const tight =
    // Without room for anything that no signature covers.
    record.readBigUInt64LE(4) === BigInt(end64Size - 12) &&
    position + end64Size === end.position - locatorSize &&
    record.readUInt16LE(14) <= 45 &&
    record.readUInt32LE(16) === 0 &&
    record.readUInt32LE(20) === 0 &&
    record.readBigInt64LE(24) === record.readBigInt64LE(32) &&
    locator.readUInt32LE(4) === 0 &&
    locator.readUInt32LE(16) === 1;
  return {
    ...wide,
    problems: tight
      ? problems
      : [...problems, { code: "zip64-contradiction", message: "The zip64 records do not lie next to each other." }],
  };
}

function pick(end: Candidate): Omit<EndRecord, "problems"> {
  return {
    position: end.position,
    entryCount: end.entryCount,
    directorySize: end.directorySize,
    directoryOffset: end.directoryOffset,
  };
}
