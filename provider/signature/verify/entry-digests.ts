import type { ByteSource } from "../../taco/zip/byte-source";
import type { Span } from "../../taco/zip/tiling";
import { Unpacker } from "../../taco/zip/unpacker";
import type { CentralEntry, ZipProblem } from "../../taco/zip/zip.types";
import { digestBatches, neighbours } from "./batches";
import { digestSpan } from "./digest-span";
import type { DigestJob, DigestResult, EntryDigest } from "./digest-span";
import type { ListedEntries } from "./listed-entries";
import type { SecondThread } from "./second-thread";
import { Turn } from "./turn";

export interface EntryDigests {
  readonly digests: ReadonlyMap<CentralEntry, readonly EntryDigest[]>;
  readonly problems: readonly ZipProblem[];
}

/** So many entries are unpacked at a time: the thread pool inflates some while this thread hashes another. */
const atOnce = 3;

/**
 * Unpacks and hashes entries, each once.
 *
 * @param listed what the manifest says of them.
 * @param thread shares the work where there is one; the result is the same.
 * @throws ZipError if one cannot be read.
 */
export async function digestEntries(
  source: ByteSource,
  spans: readonly Span[],
  listed: ListedEntries | undefined,
  thread?: SecondThread,
): Promise<EntryDigests> {
  const jobs = spans.map((span) => ({ span, wanted: listed?.digests(span.entry.name) ?? [] }));
  const results = await digestAll(source, jobs, thread);
  return {
    digests: new Map(spans.map(({ entry }, index) => [entry, results[index]?.digests ?? []])),
    problems: results.flatMap(({ problems }) => problems),
  };
}

async function digestAll(source: ByteSource, jobs: readonly DigestJob[], thread: SecondThread | undefined): Promise<DigestResult[]> {
  const results: DigestResult[] = [];
  const batches = neighbours(jobs);
  const turn = new Turn();
  const { descriptor, size } = source;
  const answer =
    thread === undefined || descriptor === undefined ? [] : thread.digest({ descriptor, size, jobs, batches, turn: turn.shared });
  const unpackers = thread === undefined ? Array.from({ length: atOnce }, () => new Unpacker()) : [new Unpacker("here")];
  try {
    const done = (index: number, result: DigestResult): void => void (results[index] = result);
    await Promise.all(unpackers.map((unpacker) => digestBatches(source, { jobs, batches }, turn, unpacker, done)));
    (await answer).forEach(([index, result]) => done(index, result));
    const unpacker = new Unpacker();
    unpackers.push(unpacker);
    for (const [index, job] of jobs.entries()) {
      results[index] ??= await digestSpan(source, job, unpacker);
    }
  } finally {
    unpackers.forEach((unpacker) => unpacker.close());
  }
  return results;
}
