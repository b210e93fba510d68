import { Worker } from "node:worker_threads";
import type { ByteSource } from "../../taco/zip/byte-source";
import type { DigestAnswer, DigestOrder } from "./digest-thread";

/**
 * Packed bytes from which on a second thread is worth its start: that takes 50 ms of another processor and 15 MB, and what it saves
 * here is as much.
 */
const worthFrom = 48 * 1024 * 1024;

/** A thread that unpacks and hashes entries of a package while this one does the same. */
export class SecondThread {
  readonly #worker: Worker;
  readonly #answer: Promise<DigestAnswer>;

  private constructor(worker: Worker) {
    this.#worker = worker;
    this.#answer = new Promise((resolve) => {
      const nothing = (): void => resolve([]);
      worker.once("message", resolve).once("error", nothing).once("exit", nothing);
    });
  }

  /** Undefined where it is not worth it, the package is no file, or threads cannot be started. */
  static start(source: ByteSource): SecondThread | undefined {
    if (source.descriptor === undefined || source.size < worthFrom) {
      return undefined;
    }
    try {
      return new SecondThread(new Worker(require.resolve("./digest-thread")));
    } catch {
      return undefined;
    }
  }

  /** Of the jobs those that it did; none if it could not start after all, or failed. */
  digest(order: DigestOrder): Promise<DigestAnswer> {
    this.#worker.postMessage(order);
    return this.#answer;
  }

  /** Ends it, also in the middle: until then the package has to stay open. */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
