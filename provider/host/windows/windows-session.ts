import type { HostCounts } from "../counts";
import type { AnswerRecord, Session } from "../host";
import { withTimeout } from "../with-timeout";
import { RecordQueue } from "../script/answer-queue";

/** A script on a Windows machine that goes on running, its records and its input as they come. */
export class WindowsSession implements Session {
  readonly closed: Promise<void>;
  /** What was written to the session, until it is closed. */
  readonly input: AsyncIterable<Buffer>;
  readonly #counts: HostCounts;
  readonly #endSeconds: number;
  readonly #giveUp: () => void;
  readonly #records = new RecordQueue();
  readonly #written: Buffer[] = [];
  #ended = false;
  #wake: () => void = () => undefined;
  #finish: () => void = () => undefined;

  /** `giveUp` ends the script where it does not end with its input. */
  constructor(counts: HostCounts, endSeconds: number, giveUp: () => void) {
    this.#counts = counts;
    this.#endSeconds = endSeconds;
    this.#giveUp = giveUp;
    this.closed = new Promise((resolve) => (this.#finish = resolve));
    this.input = this.#read();
  }

  take(record: AnswerRecord): void {
    this.#records.add(record);
  }

  /** Ends the session when the script ends. */
  follow(running: Promise<unknown>): void {
    const end = (error?: Error): void => {
      this.#ended = true;
      this.#records.end(error);
      this.#finish();
    };
    running.then(
      () => end(),
      (error: unknown) => end(error instanceof Error ? error : new Error(String(error))),
    );
  }

  records(): AsyncIterableIterator<AnswerRecord> {
    return this.#records.iterate();
  }

  write(bytes: Buffer): void {
    if (this.#ended) return;
    this.#counts.bytesSent += bytes.length;
    this.#written.push(bytes);
    this.#wake();
  }

  async close(): Promise<void> {
    this.#ended = true;
    this.#wake();
    await withTimeout(this.closed, this.#endSeconds, () => {
      this.#giveUp();
      this.#finish();
    });
  }

  async *#read(): AsyncIterable<Buffer> {
    for (;;) {
      const bytes = this.#written.shift();
      if (bytes !== undefined) yield bytes;
      else if (this.#ended) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
