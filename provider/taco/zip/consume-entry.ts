import { setImmediate } from "node:timers/promises";
import { crc32 } from "node:zlib";
import type { ByteSource } from "./byte-source";
import { checkTrailer } from "./data-descriptor";
import { inflate, inflateAtOnce, type Inflated } from "./inflate";
import { compareHeaders, hasDescriptor, localHeaderSize, parseLocalHeader, type LocalHeader } from "./local-header";
import type { Span } from "./tiling";
import { ZipError } from "./zip-error";
import type { CentralEntry, ZipProblem } from "./zip.types";

/** An entry is read and unpacked piece by piece, so that memory does not grow with it. */
const pieceSize = 1024 * 1024;
/** Up to so many bytes, packed and unpacked, an entry is unpacked at once. */
const smallEntry = 256 * 1024;
const longestTrailer = 24;

/**
 * Reads, unpacks and checks one entry. `sink` gets its data, in one piece or in several.
 *
 * @returns everything by which the local header, the data and the central directory contradict each other.
 * @throws ZipError if the data cannot be read at all.
 */
export async function consumeEntry(source: ByteSource, { entry, end }: Span, sink: (chunk: Buffer) => void): Promise<ZipProblem[]> {
  const read = async (offset: number, length: number): Promise<Buffer> => {
    if (offset < 0 || offset + length > source.size) {
      throw new ZipError("zip-broken", `The zip cannot be read: ${JSON.stringify(entry.name)} runs past the end of the file.`);
    }
    return source.read(offset, length);
  };
  const local = parseLocalHeader(await read(entry.localOffset, localHeaderSize), entry);
  const rest = await read(entry.localOffset + localHeaderSize, local.nameLength + local.extraLength);
  const dataStart = entry.localOffset + localHeaderSize + rest.length;
  const unpacked = await unpack(entry, dataStart, read, sink);
  const trailing = await trailer(entry, local, dataStart + entry.compressedSize, end, read);
  return [...compareHeaders(local, rest, entry), ...unpacked, ...trailing];
}

type Read = (offset: number, length: number) => Promise<Buffer>;

async function unpack(entry: CentralEntry, start: number, read: Read, sink: (chunk: Buffer) => void): Promise<ZipProblem[]> {
  let crc = 0;
  const counted = (chunk: Buffer): void => {
    crc = crc32(chunk, crc);
    sink(chunk);
  };
  const { used, size } = await take(entry, start, read, counted);
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

async function take(entry: CentralEntry, start: number, read: Read, sink: (chunk: Buffer) => void): Promise<Inflated> {
  if (entry.method === 0) return takeStored(pieces(entry, start, read), sink);
  if (entry.compressedSize > smallEntry || entry.size > smallEntry) return inflate(pieces(entry, start, read), entry, sink);
  const inflated = inflateAtOnce(await read(start, entry.compressedSize), entry, sink);
  // Nothing here has to wait for anything; other work of this process gets its turn too.
  await setImmediate();
  return inflated;
}

async function* pieces(entry: CentralEntry, start: number, read: Read): AsyncGenerator<Buffer> {
  for (let at = 0; at < entry.compressedSize; at += pieceSize) {
    yield await read(start + at, Math.min(pieceSize, entry.compressedSize - at));
  }
}

async function takeStored(packed: AsyncIterable<Buffer>, sink: (chunk: Buffer) => void): Promise<Inflated> {
  let size = 0;
  for await (const piece of packed) {
    size += piece.length;
    sink(piece);
    // Nothing here has to wait for anything; other work of this process gets its turn too.
    await setImmediate();
  }
  return { used: size, size };
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
