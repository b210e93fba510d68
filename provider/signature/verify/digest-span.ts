import { startDigest } from "../crypto/digest";
import type { ByteSource } from "../../taco/zip/byte-source";
import { consumeEntry } from "../../taco/zip/consume-entry";
import type { Span } from "../../taco/zip/tiling";
import type { Unpacker } from "../../taco/zip/unpacker";
import type { ZipProblem } from "../../taco/zip/zip.types";

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

/** One entry, and what is wanted of it. */
export interface DigestJob {
  readonly span: Span;
  readonly wanted: readonly WantedDigest[];
}

export interface DigestResult {
  readonly digests: readonly EntryDigest[];
  readonly problems: readonly ZipProblem[];
}

/**
 * Unpacks and hashes one entry.
 *
 * @throws ZipError if it cannot be read.
 */
export async function digestSpan(source: ByteSource, { span, wanted }: DigestJob, unpacker: Unpacker): Promise<DigestResult> {
  const hashes = wanted.map(({ algorithm, expected }) => ({ algorithm, expected, hash: startDigest(algorithm) }));
  const problems = await consumeEntry(source, span, (chunk) => hashes.forEach(({ hash }) => hash?.update(chunk)), unpacker);
  const digests = hashes.map(({ algorithm, expected, hash }) => ({ algorithm, result: compare(hash?.digest(), expected) }));
  return { digests, problems };
}

function compare(computed: Buffer | undefined, expected: Uint8Array | undefined): EntryDigest["result"] {
  if (expected === undefined) {
    return "not-base64";
  }
  return computed?.equals(expected) === true ? "right" : "wrong";
}
