import { setMaxListeners } from "node:events";

/** In seconds; docs/hosts.md has the same table. */
export interface DownloadWaits {
  /** From the first look for the address to the first line of the answer, proxy and TLS included; of each redirect anew. */
  readonly answer: number;
  /** Between two pieces of the file. */
  readonly piece: number;
  /** All of it. */
  readonly whole: number;
}

export const downloadWaits: DownloadWaits = { answer: 60, piece: 60, whole: 1800 };

/** Ends a download whose other side falls silent: one limit at a time, and one over all. */
export class Waiting {
  readonly #controller = new AbortController();
  readonly #whole: NodeJS.Timeout;
  #timer: NodeJS.Timeout | undefined;

  constructor(wholeSeconds: number) {
    // Each redirect listens anew.
    setMaxListeners(0, this.#controller.signal);
    this.#whole = this.#limit(`the whole download took longer than ${String(wholeSeconds)} seconds`, wholeSeconds);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** From now on the other side has so long. */
  begin(reason: string, seconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = this.#limit(`${reason} for ${String(seconds)} seconds`, seconds);
  }

  end(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#whole);
  }

  #limit(reason: string, seconds: number): NodeJS.Timeout {
    return setTimeout(() => {
      this.#controller.abort(new Error(reason));
    }, seconds * 1000);
  }
}
