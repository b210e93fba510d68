import { nodeDigest } from "../crypto/digest";
import { decodeMimeBase64 } from "../jar/base64";
import type { Attributes, ManifestText } from "../jar/manifest-text";
import { canonicalName, isDirectory } from "../jar/names";
import type { ByteSource } from "../../taco/zip/byte-source";
import { Scratch } from "../../taco/zip/scratch";
import type { Span } from "../../taco/zip/tiling";
import type { CentralEntry, ZipProblem } from "../../taco/zip/zip.types";
import { startDigestWorker } from "./digest-in-worker";
import { digestSpan } from "./digest-span";
import type { DigestJob, DigestResult, EntryDigest, WantedDigest } from "./digest-span";

export interface EntryDigests {
  readonly digests: ReadonlyMap<CentralEntry, readonly EntryDigest[]>;
  readonly problems: readonly ZipProblem[];
}

/** So many entries are unpacked at a time: the thread pool inflates some while this thread hashes another. */
const atOnce = 4;
/** From so many unpacked bytes on a second thread is worth its start. */
const secondThreadFrom = 64 * 1024 * 1024;
const suffix = "-DIGEST";

/**
 * Unpacks and hashes entries, each once.
 *
 * @throws ZipError if one cannot be read.
 */
export async function digestEntries(source: ByteSource, spans: readonly Span[], manifest: ManifestText | undefined): Promise<EntryDigests> {
  const jobs = spans.map((span) => ({ span, wanted: wantedDigests(manifest, span.entry.name) }));
  const results = (await digestOnTwoThreads(source, jobs)) ?? (await digestOnThisThread(source, jobs));
  return {
    digests: new Map(spans.map(({ entry }, index) => [entry, results[index]?.digests ?? []])),
    problems: results.flatMap(({ problems }) => problems),
  };
}

async function digestOnThisThread(source: ByteSource, jobs: readonly DigestJob[]): Promise<DigestResult[]> {
  const results: DigestResult[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    const scratch = new Scratch();
    for (let index = next++, job = jobs[index]; job !== undefined; index = next++, job = jobs[index]) {
      results[index] = await digestSpan(source, job, { scratch, inflate: "in-pool" });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

/** Undefined if that is not worth it, or not possible. */
async function digestOnTwoThreads(source: ByteSource, jobs: readonly DigestJob[]): Promise<DigestResult[] | undefined> {
  const bytes = jobs.reduce((sum, { span }) => sum + span.entry.size, 0);
  const other = bytes < secondThreadFrom ? undefined : startDigestWorker(source, jobs);
  if (other === undefined) {
    return undefined;
  }
  const results: DigestResult[] = [];
  try {
    const scratch = new Scratch();
    for (let index = other.next(), job = jobs[index]; job !== undefined; index = other.next(), job = jobs[index]) {
      results[index] = await digestSpan(source, job, { scratch, inflate: "here" });
    }
    for (const [index, result] of await other.results) {
      results[index] = result;
    }
  } finally {
    await other.end();
  }
  return results;
}

/** The attributes of an entry in the manifest: under its name, or with `./` or `/` before it. */
function entryAttributes(manifest: ManifestText | undefined, entryName: string): Attributes | undefined {
  const name = canonicalName(entryName);
  return manifest?.sections.get(name) ?? manifest?.sections.get(`./${name}`) ?? manifest?.sections.get(`/${name}`);
}

function wantedDigests(manifest: ManifestText | undefined, name: string): WantedDigest[] {
  if (isDirectory(name)) {
    return [];
  }
  const attributes = [...(entryAttributes(manifest, name) ?? [])];
  return attributes.flatMap(([key, { name: attribute, value }]) => {
    const algorithm = attribute.slice(0, -suffix.length);
    return key.endsWith(suffix) && nodeDigest(algorithm) !== undefined ? [{ algorithm, expected: decodeMimeBase64(value) }] : [];
  });
}
