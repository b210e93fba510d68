import { AnswerReader } from "./answer";
import type { HostCounts } from "../counts";
import { endError, type Seen, type Where } from "./end-error";
import { ErrorText } from "./error-text";
import type { Answer, AnswerLine, Script } from "../host";
import { answerLimits } from "../limits";
import type { Waits } from "../limits";
import type { ProcessEnd } from "./running-process";
import { UnreadableAnswer } from "../unreadable-answer";

export interface ExchangeOptions {
  readonly script: Pick<Script, "name" | "records" | "mostHeld">;
  readonly nonce: string;
  readonly where: Where & { readonly counts: HostCounts; readonly waits: Waits };
  readonly onRecord: (record: AnswerLine) => void;
  /** Whether the shell was started with this script, or kept from an earlier one. */
  readonly shell: "new" | "kept";
  /** Hears once that nothing more will come. "whole": both outputs are at their end marks, so the shell can go on. */
  readonly over: (how: "whole" | "given up") => void;
}

/** Reads the outputs of one script, as they come, into its answer. */
export class Exchange {
  /** Resolves at the answer's begin mark; rejects if the script ends before. */
  readonly begun: Promise<undefined>;
  /** The answer; rejects with a TableauError if there is none. */
  readonly answer: Promise<Answer>;
  readonly #options: ExchangeOptions;
  readonly #begun = deferred<undefined>();
  readonly #answer = deferred<Answer>();
  readonly #records: AnswerLine[] = [];
  readonly #reader: AnswerReader;
  readonly #errorText: ErrorText;
  #errorBytes = 0;
  #over = false;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    this.begun = this.#begun.promise;
    this.answer = this.#answer.promise;
    this.#errorText = new ErrorText(options.nonce);
    const { records = "kept", mostHeld = answerLimits.heldBytes } = options.script;
    const onRecord = (record: AnswerLine): void => {
      if (records === "kept") this.#records.push(record);
      options.onRecord(record);
    };
    this.#reader = new AnswerReader(options.nonce, onRecord, { ...answerLimits, heldBytes: mostHeld });
  }

  stdout(chunk: Buffer): void {
    if (this.#over) return;
    this.#options.where.counts.bytesReceived += chunk.length;
    try {
      this.#reader.push(chunk);
    } catch (error) {
      return this.fail(endError({ unreadable: error, ...this.#seen() }, this.#options.where));
    }
    if (this.#reader.state.kind !== "waiting") this.#begun.resolve(undefined);
    if (this.#reader.state.kind === "ended") {
      setTimeout(() => this.end({ kind: "exited", status: 0 }), this.#options.where.waits.afterEndMark * 1000).unref();
    }
    this.#finishAtMarks();
  }

  stderr(chunk: Buffer): void {
    if (this.#over) return;
    this.#errorBytes += chunk.length;
    if (this.#errorBytes > answerLimits.noiseBytes) {
      const unreadable = new UnreadableAnswer(`more than ${answerLimits.noiseBytes} bytes came on standard error`);
      return this.fail(endError({ unreadable, ...this.#seen() }, this.#options.where));
    }
    this.#errorText.push(chunk);
    this.#finishAtMarks();
  }

  /** The shell has ended. */
  end(end: ProcessEnd): void {
    const { state } = this.#reader;
    if (state.kind !== "ended") return this.fail(endError({ end, state, ...this.#seen() }, this.#options.where));
    this.#finish(state.status, "given up");
  }

  /** Gives the script up with this error. */
  fail(error: unknown): void {
    if (this.#over) return;
    this.#over = true;
    this.#begun.reject(error);
    this.#answer.reject(error);
    this.#options.over("given up");
  }

  #finishAtMarks(): void {
    const { state } = this.#reader;
    if (state.kind === "ended" && this.#errorText.ended) this.#finish(state.status, "whole");
  }

  #finish(status: number, how: "whole" | "given up"): void {
    if (this.#over) return;
    this.#over = true;
    this.#answer.resolve({ records: this.#records, status, errorText: this.#errorText.lastLines() });
    this.#options.over(how);
  }

  #seen(): Seen {
    const { script, shell } = this.#options;
    return { script: script.name, shell, noise: this.#reader.noise, errorText: this.#errorText.lastLines() };
  }
}

interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

function deferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((accept, refuse) => {
    resolve = accept;
    reject = refuse;
  });
  // Whoever does not wait for it does not hear of it.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
