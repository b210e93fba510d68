import type { Hash } from "node:crypto";
import { nodeDigest, startDigest } from "../crypto/digest";
import type { Attributes, ManifestText } from "../jar/manifest-text";
import { canonicalName, isDirectory } from "../jar/names";
import { decodeMimeBase64 } from "../jar/base64";
import { consumeEntry } from "../../taco/zip/consume-entry";
import type { ByteSource } from "../../taco/zip/byte-source";
import { Scratch } from "../../taco/zip/scratch";
import type { Span } from "../../taco/zip/tiling";
import type { CentralEntry, ZipProblem } from "../../taco/zip/zip.types";

/** A digest that the manifest gives for an entry, and whether it is right. */
export interface EntryDigest {
  readonly algorithm: string;
  readonly result: "right" | "wrong" | "not-base64";
}

export interface EntryDigests {
  readonly digests: ReadonlyMap<CentralEntry, readonly EntryDigest[]>;
  readonly problems: readonly ZipProblem[];
}

/** So many entries are unpacked at a time: the thread pool inflates some while this thread hashes another. */
const atOnce = 4;
const suffix = "-DIGEST";

/**
 * Unpacks and hashes entries, each once.
 *
 * @throws ZipError if one cannot be read.
 */
export async function digestEntries(source: ByteSource, spans: readonly Span[], manifest: ManifestText | undefined): Promise<EntryDigests> {
  const digests = new Map<CentralEntry, readonly EntryDigest[]>();
  const problems: ZipProblem[] = [];
  const rest = [...spans].reverse();
  const work = async (): Promise<void> => {
    const scratch = new Scratch();
    for (let span = rest.pop(); span !== undefined; span = rest.pop()) {
      const wanted = wantedDigests(manifest, span.entry.name);
      problems.push(...(await consumeEntry(source, span, (chunk) => wanted.forEach(({ hash }) => hash.update(chunk)), scratch)));
      digests.set(
        span.entry,
        wanted.map(({ algorithm, hash, expected }) => ({ algorithm, result: compare(hash, expected) })),
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { digests, problems };
}

/** The attributes of an entry in the manifest: under its name, or with `./` or `/` before it. */
function entryAttributes(manifest: ManifestText | undefined, entryName: string): Attributes | undefined {
  const name = canonicalName(entryName);
  return manifest?.sections.get(name) ?? manifest?.sections.get(`./${name}`) ?? manifest?.sections.get(`/${name}`);
}

interface WantedDigest {
  readonly algorithm: string;
  readonly hash: Hash;
  readonly expected: Buffer | undefined;
}

function wantedDigests(manifest: ManifestText | undefined, name: string): WantedDigest[] {
  if (isDirectory(name)) {
    return [];
  }
  const attributes = [...(entryAttributes(manifest, name) ?? [])];
  return attributes.flatMap(([key, { name: attribute, value }]) => {
    const algorithm = attribute.slice(0, -suffix.length);
    const hash = key.endsWith(suffix) && nodeDigest(algorithm) !== undefined ? startDigest(algorithm) : undefined;
    return hash === undefined ? [] : [{ algorithm, hash, expected: decodeMimeBase64(value) }];
  });
}

function compare(hash: Hash, expected: Buffer | undefined): EntryDigest["result"] {
  if (expected === undefined) {
    return "not-base64";
  }
  return hash.digest().equals(expected) ? "right" : "wrong";
}
