import type { ByteSource } from "../../taco/zip/byte-source";
import { consumeEntry } from "../../taco/zip/consume-entry";
import type { Span } from "../../taco/zip/tiling";
import type { CentralEntry, ZipProblem } from "../../taco/zip/zip.types";
import { startDigest } from "../crypto/digest";
import type { ListedEntries } from "./listed-entries";

/** A digest that the manifest gives for an entry. */
export interface WantedDigest {
  readonly algorithm: string;
  /** Undefined if it is not Base64. */
  readonly expected: Uint8Array | undefined;
}

/** A digest that the manifest gives for an entry, and whether it is right. */
export interface EntryDigest {
  readonly algorithm: string;
  readonly result: "right" | "wrong" | "not-base64";
}

export interface EntryDigests {
  readonly digests: ReadonlyMap<CentralEntry, readonly EntryDigest[]>;
  readonly problems: readonly ZipProblem[];
}

/**
 * Unpacks and hashes entries, each once, one after the other.
 *
 * @param listed what the manifest says of them.
 * @throws ZipError if one cannot be read.
 */
export async function digestEntries(source: ByteSource, spans: readonly Span[], listed: ListedEntries | undefined): Promise<EntryDigests> {
  const digests = new Map<CentralEntry, readonly EntryDigest[]>();
  const problems: ZipProblem[] = [];
  for (const span of spans) {
    const wanted = listed?.digests(span.entry.name) ?? [];
    const hashes = wanted.map(({ algorithm, expected }) => ({ algorithm, expected, hash: startDigest(algorithm) }));
    const found = await consumeEntry(source, span, (chunk) => hashes.forEach(({ hash }) => hash?.update(chunk)));
    for (const problem of found) problems.push(problem);
    digests.set(
      span.entry,
      hashes.map(({ algorithm, expected, hash }) => ({ algorithm, result: compare(hash?.digest(), expected) })),
    );
  }
  return { digests, problems };
}

function compare(computed: Buffer | undefined, expected: Uint8Array | undefined): EntryDigest["result"] {
  if (expected === undefined) {
    return "not-base64";
  }
  return computed?.equals(expected) === true ? "right" : "wrong";
}
