import { existsSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { ByteSource } from "../../taco/zip/byte-source";
import { ZipError } from "../../taco/zip/zip-error";
import type { DigestJob, DigestResult } from "./digest-span";
import type { DigestAnswer, DigestOrder } from "./digest-worker";

export interface DigestWorker {
  /** Takes the next job for this thread; the other thread takes its own from the same count. */
  next(): number;
  /** What the other thread did, by the index of the job. @throws ZipError */
  readonly results: Promise<readonly (readonly [number, DigestResult])[]>;
  end(): Promise<void>;
}

const script = join(__dirname, "digest-worker.js");

/** Starts a thread that shares the jobs with this one; undefined where there is no file to share, or no compiled script to run. */
export function startDigestWorker(source: ByteSource, jobs: readonly DigestJob[]): DigestWorker | undefined {
  if (source.descriptor === undefined || !existsSync(script)) {
    return undefined;
  }
  const counter = new SharedArrayBuffer(4);
  const count = new Int32Array(counter);
  const order: DigestOrder = { descriptor: source.descriptor, size: source.size, jobs, counter };
  const worker = new Worker(script, { workerData: order });
  const results = new Promise<DigestAnswer>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", () => reject(new Error("The thread that hashes entries ended early.")));
  }).then((answer) => {
    if ("error" in answer) {
      throw new ZipError(answer.error.code, answer.error.message);
    }
    return answer.results;
  });
  results.catch(() => undefined);
  return {
    next: () => Atomics.add(count, 0, 1),
    results,
    end: async () => {
      await worker.terminate();
    },
  };
}
