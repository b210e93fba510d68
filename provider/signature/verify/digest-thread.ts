import { parentPort } from "node:worker_threads";
import { fileSource } from "../../taco/zip/byte-source";
import { Unpacker } from "../../taco/zip/unpacker";
import { digestBatches } from "./batches";
import type { Batch } from "./batches";
import type { DigestJob, DigestResult } from "./digest-span";
import { Turn } from "./turn";

/** What the second thread is told to do. */
export interface DigestOrder {
  /** Of the package, opened by the other thread. */
  readonly descriptor: number;
  readonly size: number;
  readonly jobs: readonly DigestJob[];
  readonly batches: readonly Batch[];
  readonly turn: SharedArrayBuffer;
}

/** What it did: the index of each job, and its result. */
export type DigestAnswer = readonly (readonly [number, DigestResult])[];

parentPort?.once("message", (order: DigestOrder) => {
  void digest(order).then((answer) => parentPort?.postMessage(answer));
});

async function digest(order: DigestOrder): Promise<DigestAnswer> {
  const answer: (readonly [number, DigestResult])[] = [];
  const unpacker = new Unpacker("here");
  const source = fileSource(order.descriptor, order.size);
  await digestBatches(source, order, new Turn(order.turn), unpacker, (index, result) => answer.push([index, result]));
  unpacker.close();
  return answer;
}
