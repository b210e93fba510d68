import type { HostCounts } from "../counts";
import type { Exchange } from "./exchange";
import { feedInput } from "./feed-input";
import type { AnswerLine, Script, Session } from "../host";
import type { Waits } from "../limits";
import { RecordQueue } from "./answer-queue";
import type { RunningProcess } from "./running-process";
import { withTimeout } from "../with-timeout";

/** A running script and its records as they come. */
export class ScriptSession implements Session {
  readonly closed: Promise<void>;
  readonly #process: RunningProcess;
  readonly #counts: HostCounts;
  readonly #waits: Waits;
  readonly #queue = new RecordQueue();
  #finish: () => void = () => undefined;

  constructor(process: RunningProcess, { counts, waits }: { readonly counts: HostCounts; readonly waits: Waits }) {
    this.#process = process;
    this.#counts = counts;
    this.#waits = waits;
    this.closed = new Promise((resolve) => (this.#finish = resolve));
    // A script that no longer reads is no error: its end tells.
    process.stdin.on("error", () => undefined);
  }

  take(record: AnswerLine): void {
    this.#queue.add(record);
  }

  /** Ends the session when its exchange ends, and sends the script's own input first. */
  follow(talk: Exchange, input: Script["input"]): void {
    const end = (error?: Error): void => {
      this.#queue.end(error);
      this.#finish();
    };
    talk.answer.then(
      () => end(),
      (error: unknown) => end(error instanceof Error ? error : new Error(String(error))),
    );
    if (input !== undefined) {
      feedInput(this.#process.stdin, input, this.#process.ended, this.#counts, "keep-open").catch((error: unknown) => talk.fail(error));
    }
  }

  records(): AsyncIterableIterator<AnswerLine> {
    return this.#queue.iterate();
  }

  write(bytes: Buffer): void {
    if (!this.#process.stdin.writable) return;
    this.#counts.bytesSent += bytes.length;
    this.#process.stdin.write(bytes);
  }

  async close(): Promise<void> {
    if (this.#process.stdin.writable) this.#process.stdin.end();
    await withTimeout(this.closed, this.#waits.sessionEnd, () => this.#process.stop());
  }
}
