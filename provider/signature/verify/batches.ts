import { setImmediate } from "node:timers/promises";
import type { ByteSource } from "../../taco/zip/byte-source";
import { readAhead } from "../../taco/zip/read-ahead";
import { Scratch } from "../../taco/zip/scratch";
import type { Unpacker } from "../../taco/zip/unpacker";
import { digestSpan } from "./digest-span";
import type { DigestJob, DigestResult } from "./digest-span";
import type { Turn } from "./turn";

/** Entries that lie one behind the other. Plain data: it may go to another thread. */
export interface Batch {
  /** Where its bytes start, and how many they are. */
  readonly start: number;
  readonly length: number;
  /** Index of its first job, and of the one after its last. */
  readonly first: number;
  readonly end: number;
}

/** As much as is read at once without the thread pool: waiting for that costs more than reading. */
const aheadUpTo = 512 * 1024;

/** Small entries that lie one behind the other are read together; a large one comes alone, and is read piece by piece. */
export function neighbours(jobs: readonly DigestJob[]): Batch[] {
  const batches: Batch[] = [];
  for (let first = 0; first < jobs.length;) {
    const start = jobs[first]?.span.entry.localOffset ?? 0;
    let end = first + 1;
    while ((jobs[end]?.span.end ?? Infinity) - start <= aheadUpTo) {
      end++;
    }
    batches.push({ start, length: (jobs[end - 1]?.span.end ?? start) - start, first, end });
    first = end;
  }
  return batches;
}

/**
 * Unpacks and hashes batches until none is left, or an entry cannot be read: then it ends, and so does everybody who takes turns with
 * it. What is not done has no result.
 */
export async function digestBatches(
  source: ByteSource,
  { jobs, batches }: { readonly jobs: readonly DigestJob[]; readonly batches: readonly Batch[] },
  turn: Turn,
  unpacker: Unpacker,
  done: (index: number, result: DigestResult) => void,
): Promise<void> {
  const ahead = new Scratch();
  try {
    for (let batch = batches[turn.next()]; batch !== undefined; batch = batches[turn.next()]) {
      const { start, length, first, end } = batch;
      const bytes = length > aheadUpTo ? source : await readAhead(source, start, length, ahead.take(length));
      for (const [index, job] of jobs.slice(first, end).entries()) {
        done(first + index, await digestSpan(bytes, job, unpacker));
      }
      // Nothing here has to wait for anything; other work of this process gets its turn too.
      await setImmediate();
    }
  } catch {
    // Which error it is must not depend on who was faster: the first entry without a result is read again, and tells.
    turn.stop();
  }
}
