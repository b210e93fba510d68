import type * as Yauzl from "yauzl";
import type { ByteSource } from "./byte-source";
import { zipLimits } from "./limits";
import type { CentralEntry, ZipDirectory, ZipProblem } from "./zip.types";

/** The largest directory that is read at all, and what may lie behind it. */
const longestWindow = zipLimits.directoryBytes + 128 * 1024;

/**
 * Lists the package a second time, with yauzl, and compares. Two independent readers that see the same entries at the same
 * places are the best protection against a trick that one of them falls for.
 */
export async function compareWithYauzl(source: ByteSource, { position, entries }: ZipDirectory): Promise<ZipProblem[]> {
  const seen = await list(source, position).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  if (seen instanceof Error) {
    return [{ code: "zip-readers-disagree", message: `A second zip reader refuses this file: ${seen.message}.` }];
  }
  const same = seen.length === entries.length && seen.every((one, index) => isSame(one, entries[index]));
  return same ? [] : [{ code: "zip-readers-disagree", message: "A second zip reader sees other entries in this file." }];
}

async function list(source: ByteSource, directory: number): Promise<readonly Yauzl.Entry[]> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- yauzl is loaded when a package is read, not when the provider starts
  const yauzl = require("yauzl") as typeof Yauzl;
  const options = { lazyEntries: true, decodeStrings: false, autoClose: false, validateEntrySizes: true } as const;
  const reader = await newReader(yauzl, source, directory);
  const zip = await yauzl.fromRandomAccessReaderPromise(reader, source.size, options);
  const entries: Yauzl.Entry[] = [];
  for await (const entry of zip.eachEntry()) {
    entries.push(entry);
  }
  return entries;
}

/** Serves yauzl, which reads every header on its own, from one reading of the directory. */
async function newReader(yauzl: typeof Yauzl, source: ByteSource, directory: number): Promise<Yauzl.RandomAccessReader> {
  const window = await source.read(directory, Math.min(source.size - directory, longestWindow));
  class Reader extends yauzl.RandomAccessReader {
    override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
      const inside = position >= directory && position + length <= directory + window.length;
      if (position + length > source.size) {
        // Else yauzl would take what happens to be in its memory for a part of the package.
        callback(new Error("unexpected end of file"));
        return;
      }
      const bytes = inside
        ? Promise.resolve(window.subarray(position - directory, position - directory + length))
        : source.read(position, length);
      bytes.then(
        (found) => {
          found.copy(buffer, offset);
          callback(null);
        },
        (error: unknown) => callback(error instanceof Error ? error : new Error(String(error))),
      );
    }
  }
  return new Reader();
}

function isSame(seen: Yauzl.Entry, own: CentralEntry | undefined): boolean {
  return (
    own !== undefined &&
    seen.fileNameRaw.equals(own.rawName) &&
    seen.relativeOffsetOfLocalHeader === own.localOffset &&
    seen.compressedSize === own.compressedSize &&
    seen.uncompressedSize === own.size &&
    seen.compressionMethod === own.method &&
    seen.crc32 === own.crc &&
    seen.generalPurposeBitFlag === own.flags
  );
}
