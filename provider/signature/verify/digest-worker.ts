import { parentPort, workerData } from "node:worker_threads";
import { fileSource } from "../../taco/zip/byte-source";
import { Scratch } from "../../taco/zip/scratch";
import { ZipError } from "../../taco/zip/zip-error";
import type { ZipErrorCode } from "../../taco/zip/zip-error";
import { digestSpan } from "./digest-span";
import type { DigestJob, DigestResult } from "./digest-span";

/** What this thread is started with. */
export interface DigestOrder {
  /** Of the package, opened by the other thread. */
  readonly descriptor: number;
  readonly size: number;
  readonly jobs: readonly DigestJob[];
  /** Index of the next job that nobody has taken. */
  readonly counter: SharedArrayBuffer;
}

export type DigestAnswer =
  | { readonly results: readonly (readonly [number, DigestResult])[] }
  | { readonly error: { readonly code: ZipErrorCode; readonly message: string } };

async function work({ descriptor, size, jobs, counter }: DigestOrder): Promise<DigestAnswer> {
  const source = fileSource(descriptor, size);
  const count = new Int32Array(counter);
  const scratch = new Scratch();
  const results: (readonly [number, DigestResult])[] = [];
  try {
    const next = (): number => Atomics.add(count, 0, 1);
    for (let index = next(), job = jobs[index]; job !== undefined; index = next(), job = jobs[index]) {
      results.push([index, await digestSpan(source, job, { scratch, inflate: "here" })]);
    }
    return { results };
  } catch (error) {
    if (error instanceof ZipError) {
      return { error: { code: error.code, message: error.message } };
    }
    throw error;
  }
}

if (parentPort !== null) {
  const port = parentPort;
  void work(workerData as DigestOrder).then((answer) => port.postMessage(answer));
}
