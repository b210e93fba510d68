import { crc32 } from "node:zlib";
import { inflate } from "../../taco/zip/inflate";
import type { Zip } from "../../taco/zip/read-zip";
import { ZipError } from "../../taco/zip/zip-error";
import { parseManifestText } from "../jar/manifest-text";
import { ManifestTextError } from "../jar/manifest-text-error";
import { isManifest } from "../jar/names";

const localSignature = 0x04034b50;
const descriptorSignature = 0x08074b50;
const saturated = 0xffffffff;
const most = 64 * 1024 * 1024;
const pieceSize = 64 * 1024;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

class StreamError extends Error {}

interface Reader {
  at: number;
  read(length: number): Promise<Buffer>;
}

/**
 * Whether a package can be read from its start as a stream, by local headers alone. jarsigner reads it that way a second time since
 * the updates of winter 2025/26 (JDK-8339280), and ends with an error where that fails.
 *
 * Only needed for a zip with problems: where both headers of every entry agree, the second reading sees what the first one saw.
 */
export async function readsAsStream(zip: Zip): Promise<boolean> {
  const { source } = zip;
  const reader: Reader = {
    at: 0,
    read: async (length) => {
      if (reader.at + length > source.size || length > most) {
        throw new StreamError("unexpected end");
      }
      const bytes = await source.read(reader.at, length);
      reader.at += length;
      return bytes;
    },
  };
  try {
    for (let index = 0; index <= zip.entries.length * 2 + 16 && reader.at + 30 <= source.size; index++) {
      if (!(await readOne(reader, zip, index))) {
        return true;
      }
    }
    return true;
  } catch (error) {
    if (error instanceof StreamError || error instanceof ManifestTextError) {
      return false;
    }
    throw error;
  }
}

/** Reads one entry; false where the stream of entries ends. */
async function readOne(reader: Reader, zip: Zip, index: number): Promise<boolean> {
  const header = await reader.read(30);
  if (header.readUInt32LE(0) !== localSignature) {
    return false;
  }
  const [flags, method] = [header.readUInt16LE(6), header.readUInt16LE(8)];
  const name = decode(await reader.read(header.readUInt16LE(26)));
  const extra = await reader.read(header.readUInt16LE(28));
  const deferred = (flags & 8) !== 0;
  if ((flags & 1) !== 0 || (deferred && method !== 8) || (method !== 0 && method !== 8)) {
    throw new StreamError("an entry that Java's ZipInputStream does not read");
  }
  const declared = { crc: header.readUInt32LE(14), ...sizes(header, extra) };
  const data = method === 0 ? await readStored(reader, declared) : await readDeflated(reader, zip, deferred ? undefined : declared);
  if (index <= 1 && isManifest(name)) {
    parseManifestText(data);
  }
  return true;
}

interface Declared {
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
}

function sizes(header: Buffer, extra: Buffer): Omit<Declared, "crc"> {
  const compressedSize = header.readUInt32LE(18);
  const size = header.readUInt32LE(22);
  if ((size === saturated || compressedSize === saturated) && extra.length >= 20 && extra.readUInt16LE(0) === 1) {
    return { size: Number(extra.readBigUInt64LE(4)), compressedSize: Number(extra.readBigUInt64LE(12)) };
  }
  return { compressedSize, size };
}

async function readStored(reader: Reader, { size, crc }: Declared): Promise<Buffer> {
  const data = await reader.read(size);
  if (size > 0 && crc32(data) !== crc) {
    throw new StreamError("wrong CRC");
  }
  return data;
}

async function readDeflated(reader: Reader, zip: Zip, declared: Declared | undefined): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const { used } = await inflate(from(reader.at, zip), { name: "", size: most }, (chunk) => chunks.push(chunk)).catch((cause: unknown) => {
    throw cause instanceof ZipError ? new StreamError("broken data", { cause }) : cause;
  });
  const data = Buffer.concat(chunks);
  reader.at += used;
  const { crc, compressedSize, size } = declared ?? (await readDescriptor(reader));
  if (size !== data.length || compressedSize !== used || crc !== crc32(data)) {
    throw new StreamError("sizes or CRC that do not fit the data");
  }
  return data;
}

async function* from(start: number, { source }: Zip): AsyncGenerator<Buffer> {
  for (let at = start; at < source.size; at += pieceSize) {
    yield await source.read(at, Math.min(pieceSize, source.size - at));
  }
}

async function readDescriptor(reader: Reader): Promise<Declared> {
  const first = await reader.read(16);
  const signed = first.readUInt32LE(0) === descriptorSignature;
  if (!signed) {
    reader.at -= 4;
  }
  const at = signed ? 4 : 0;
  return { crc: first.readUInt32LE(at), compressedSize: first.readUInt32LE(at + 4), size: first.readUInt32LE(at + 8) };
}

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new StreamError("a name that is not UTF-8", { cause });
  }
}
