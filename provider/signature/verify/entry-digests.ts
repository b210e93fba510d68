import { nodeDigest } from "../crypto/digest";
import { decodeMimeBase64 } from "../jar/base64";
import type { Attributes, ManifestText } from "../jar/manifest-text";
import { canonicalName, isDirectory } from "../jar/names";
import type { ByteSource } from "../../taco/zip/byte-source";
import { readAhead } from "../../taco/zip/read-ahead";
import type { Span } from "../../taco/zip/tiling";
import { Scratch } from "../../taco/zip/scratch";
import { Unpacker } from "../../taco/zip/unpacker";
import type { CentralEntry, ZipProblem } from "../../taco/zip/zip.types";
import { digestSpan } from "./digest-span";
import type { DigestJob, DigestResult, EntryDigest, WantedDigest } from "./digest-span";

export interface EntryDigests {
  readonly digests: ReadonlyMap<CentralEntry, readonly EntryDigest[]>;
  readonly problems: readonly ZipProblem[];
}

/** So many entries are unpacked at a time: the thread pool inflates some while this thread hashes another. */
const atOnce = 3;
const aheadUpTo = 1024 * 1024;
const suffix = "-DIGEST";

/**
 * Unpacks and hashes entries, each once.
 *
 * @throws ZipError if one cannot be read.
 */
export async function digestEntries(source: ByteSource, spans: readonly Span[], manifest: ManifestText | undefined): Promise<EntryDigests> {
  const jobs = spans.map((span) => ({ span, wanted: wantedDigests(manifest, span.entry.name) }));
  const results = await digestInTurn(source, jobs);
  return {
    digests: new Map(spans.map(({ entry }, index) => [entry, results[index]?.digests ?? []])),
    problems: results.flatMap(({ problems }) => problems),
  };
}

async function digestInTurn(source: ByteSource, jobs: readonly DigestJob[]): Promise<DigestResult[]> {
  const results: DigestResult[] = [];
  const batches = neighbours(jobs);
  const work = async (): Promise<void> => {
    const unpacker = new Unpacker();
    const ahead = new Scratch();
    try {
      for (let batch = batches.next(); batch.done !== true; batch = batches.next()) {
        const { start, length, first, end } = batch.value;
        const bytes = length > aheadUpTo ? source : await readAhead(source, start, length, ahead.take(length));
        for (const [index, job] of jobs.slice(first, end).entries()) {
          results[first + index] = await digestSpan(bytes, job, unpacker);
        }
      }
    } finally {
      unpacker.close();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

interface Batch {
  /** Where its bytes start, and how many they are. */
  readonly start: number;
  readonly length: number;
  /** Index of its first job, and of the one after its last. */
  readonly first: number;
  readonly end: number;
}

/** Small entries that lie one behind the other are read together; a large one comes alone, and is read piece by piece. */
function* neighbours(jobs: readonly DigestJob[]): Generator<Batch, undefined> {
  for (let first = 0; first < jobs.length;) {
    const start = jobs[first]?.span.entry.localOffset ?? 0;
    let end = first + 1;
    while ((jobs[end]?.span.end ?? Infinity) - start <= aheadUpTo) {
      end++;
    }
    yield { start, length: (jobs[end - 1]?.span.end ?? start) - start, first, end };
    first = end;
  }
}

/** The attributes of an entry in the manifest: under its name, or with `./` or `/` before it. */
export function attributesOf({ sections }: ManifestText, entryName: string): Attributes | undefined {
  const name = canonicalName(entryName);
  return sections.get(name) ?? sections.get(`./${name}`) ?? sections.get(`/${name}`);
}

function wantedDigests(manifest: ManifestText | undefined, name: string): WantedDigest[] {
  if (isDirectory(name) || manifest === undefined) {
    return [];
  }
  const attributes = [...(attributesOf(manifest, name) ?? [])];
  return attributes.flatMap(([key, { name: attribute, value }]) => {
    const algorithm = attribute.slice(0, -suffix.length);
    return key.endsWith(suffix) && nodeDigest(algorithm) !== undefined ? [{ algorithm, expected: decodeMimeBase64(value) }] : [];
  });
}
