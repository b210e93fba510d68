import { crc32 } from "node:zlib";
import type { ByteSource } from "./byte-source";
import { checkTrailer } from "./data-descriptor";
import { inflatePieces } from "./inflate";
import type { Inflated } from "./inflate-here";
import { compareHeaders, hasDescriptor, localHeaderSize, parseLocalHeader } from "./local-header";
import type { LocalHeader } from "./local-header";
import type { Span } from "./tiling";
import type { Unpacker } from "./unpacker";
import { ZipError } from "./zip-error";
import type { CentralEntry, ZipProblem } from "./zip.types";

/** Larger entries are unpacked piece by piece, so that memory does not grow with them. */
const wholeUpTo = 8 * 1024 * 1024;
const pieceSize = 1024 * 1024;
const longestTrailer = 24;

/**
 * Reads, unpacks and checks one entry. `sink` gets its data, in one piece or in several, each of which is only good until it returns.
 *
 * @returns everything by which the local header, the data and the central directory contradict each other.
 * @throws ZipError if the data cannot be read at all.
 */
export async function consumeEntry(
  source: ByteSource,
  { entry, end }: Span,
  sink: (chunk: Buffer) => void,
  unpacker: Unpacker,
): Promise<ZipProblem[]> {
  const spanLength = end - entry.localOffset;
  const wanted = spanLength >= localHeaderSize && spanLength <= wholeUpTo;
  const ahead = wanted ? await source.read(entry.localOffset, spanLength, unpacker.scratch.take(spanLength)) : undefined;
  const read = async (offset: number, length: number): Promise<Buffer> => {
    const start = offset - entry.localOffset;
    if (ahead !== undefined && start + length <= ahead.length) {
      return ahead.subarray(start, start + length);
    }
    if (offset < 0 || offset + length > source.size) {
      throw new ZipError("zip-broken", `The zip cannot be read: ${JSON.stringify(entry.name)} runs past the end of the file.`);
    }
    return source.read(offset, length);
  };

  const local = parseLocalHeader(await read(entry.localOffset, localHeaderSize), entry);
  const rest = await read(entry.localOffset + localHeaderSize, local.nameLength + local.extraLength);
  const dataStart = entry.localOffset + localHeaderSize + rest.length;
  const unpacked = await unpack(entry, dataStart, read, sink, unpacker);
  const trailing = await trailer(entry, local, dataStart + entry.compressedSize, end, read);
  return [...compareHeaders(local, rest, entry), ...unpacked, ...trailing];
}

type Read = (offset: number, length: number) => Promise<Buffer>;

async function unpack(
  entry: CentralEntry,
  start: number,
  read: Read,
  sink: (chunk: Buffer) => void,
  unpacker: Unpacker,
): Promise<ZipProblem[]> {
  let crc = 0;
  const counted = (chunk: Buffer): void => {
    crc = crc32(chunk, crc);
    sink(chunk);
  };
  const { used, size } = await deliver(entry, start, read, counted, unpacker);
  const problems: ZipProblem[] = [];
  if (size !== entry.size || used !== entry.compressedSize) {
    problems.push({
      code: "zip-size",
      entry: entry.name,
      message: `${JSON.stringify(entry.name)} has ${size} bytes (${used} packed); the directory says ${entry.size} (${entry.compressedSize} packed).`,
    });
  }
  if (crc !== entry.crc) {
    problems.push({ code: "zip-crc", entry: entry.name, message: `The CRC of ${JSON.stringify(entry.name)} is wrong.` });
  }
  return problems;
}

async function deliver(
  entry: CentralEntry,
  start: number,
  read: Read,
  sink: (chunk: Buffer) => void,
  unpacker: Unpacker,
): Promise<Inflated> {
  if (entry.method === 0) {
    for await (const piece of pieces(entry, start, read)) {
      sink(piece);
    }
    return { used: entry.compressedSize, size: entry.compressedSize };
  }
  return entry.compressedSize > wholeUpTo
    ? inflatePieces(pieces(entry, start, read), entry, sink)
    : unpacker.inflater.inflate(await read(start, entry.compressedSize), entry, sink);
}

async function* pieces(entry: CentralEntry, start: number, read: Read): AsyncGenerator<Buffer> {
  for (let at = 0; at < entry.compressedSize; at += pieceSize) {
    yield await read(start + at, Math.min(pieceSize, entry.compressedSize - at));
  }
}

async function trailer(entry: CentralEntry, local: LocalHeader, dataEnd: number, end: number, read: Read): Promise<ZipProblem[]> {
  const length = end - dataEnd;
  if (length < 0) {
    return [{ code: "zip-overlap", entry: entry.name, message: `${JSON.stringify(entry.name)} runs into what follows it.` }];
  }
  if (length > longestTrailer) {
    return [
      { code: "zip-gap", entry: entry.name, message: `${length} bytes that belong to no entry follow ${JSON.stringify(entry.name)}.` },
    ];
  }
  return checkTrailer(await read(dataEnd, length), entry, hasDescriptor(local) ? "descriptor" : "nothing");
}
