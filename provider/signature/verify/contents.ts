import { isManifest, isSignatureFileOrBlock, maxSignatureFileSize } from "../jar/names";
import { consumeEntry } from "../../taco/zip/consume-entry";
import type { Zip } from "../../taco/zip/read-zip";
import type { Span } from "../../taco/zip/tiling";
import type { CentralEntry, ZipProblem } from "../../taco/zip/zip.types";

/** A manifest, signature file or block, read. */
export interface SignatureEntry {
  readonly entry: CentralEntry;
  /** Undefined if it is larger than anything that Java reads. */
  readonly data: Buffer | undefined;
}

/** The part of a package that its signature consists of. */
export interface SignatureEntries {
  readonly manifests: readonly SignatureEntry[];
  /** Signature files and blocks, in the order of the central directory. */
  readonly files: readonly SignatureEntry[];
  readonly problems: readonly ZipProblem[];
  /** Entries that are not read yet, in the order of the file. */
  readonly others: readonly Span[];
}

/** @throws ZipError if one of them cannot be read. */
export async function readSignatureEntries(zip: Zip): Promise<SignatureEntries> {
  const read = new Map<CentralEntry, SignatureEntry>();
  const problems: ZipProblem[] = [];
  const others: Span[] = [];
  for (const span of zip.spans) {
    const { entry } = span;
    if (!isManifest(entry.name) && !isSignatureFileOrBlock(entry.name)) {
      others.push(span);
      continue;
    }
    if (entry.size > maxSignatureFileSize) {
      read.set(entry, { entry, data: undefined });
      continue;
    }
    const chunks: Buffer[] = [];
    for (const problem of await consumeEntry(zip.source, span, (chunk) => chunks.push(chunk))) {
      problems.push(problem);
    }
    read.set(entry, { entry, data: Buffer.concat(chunks) });
  }
  const inOrder = zip.entries.flatMap((entry) => read.get(entry) ?? []);
  // Java looks these files up by name: of several with one name it sees the last one, and sees that again and again.
  const byName = new Map(inOrder.map((one) => [one.entry.name, one]));
  const seen = inOrder.map((one) => byName.get(one.entry.name) ?? one);
  return {
    manifests: seen.filter(({ entry }) => isManifest(entry.name)),
    files: seen.filter(({ entry }) => !isManifest(entry.name)),
    problems,
    others,
  };
}
