import { createRequire } from "node:module";
import type * as Yauzl from "yauzl";
import type { PackageSource } from "./byte-source";
import type { CentralEntry, ZipProblem } from "./zip.types";

const load = createRequire(__filename);

/**
 * Lists the package a second time, with yauzl, and compares. Two independent readers that see the same entries at the same
 * places are the best protection against a trick that one of them falls for.
 */
export async function compareWithYauzl(source: PackageSource, entries: readonly CentralEntry[]): Promise<ZipProblem[]> {
  const seen = await list(source).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  if (seen instanceof Error) {
    return [{ code: "zip-readers-disagree", message: `A second zip reader refuses this file: ${seen.message}.` }];
  }
  const same = seen.length === entries.length && seen.every((one, index) => isSame(one, entries[index]));
  return same ? [] : [{ code: "zip-readers-disagree", message: "A second zip reader sees other entries in this file." }];
}

async function list(source: PackageSource): Promise<readonly Yauzl.Entry[]> {
  // yauzl is loaded when a package is read, not when the provider starts.
  const yauzl = load("yauzl") as typeof Yauzl;
  const options = { lazyEntries: true, decodeStrings: false, autoClose: false, validateEntrySizes: true } as const;
  const zip: Yauzl.ZipFile = await (Buffer.isBuffer(source)
    ? yauzl.fromBufferPromise(source, options)
    : yauzl.openPromise(source.path, options));
  try {
    const entries: Yauzl.Entry[] = [];
    for await (const entry of zip.eachEntry()) {
      entries.push(entry);
    }
    return entries;
  } finally {
    zip.close();
  }
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
