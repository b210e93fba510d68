import { ByteQueue } from "./byte-queue";
import type { AnswerLine } from "../host";
import { type AnswerLimits, answerLimits } from "../limits";
import { readRecord, recordText } from "./answer-line";
import { markStart } from "./prelude";
import { UnreadableAnswer } from "../unreadable-answer";

/** How far an answer has come: nothing of it yet, after its begin mark, or after its end mark with the exit status. */
export type AnswerState = { readonly kind: "waiting" } | { readonly kind: "begun" } | { readonly kind: "ended"; readonly status: number };

// The text between a mark's start and its `>>`: "begin", "end 0" or a length.
const longestWord = 24;

/**
 * Reads an answer as its bytes come, in whatever pieces. What is not between the marks, and no record, is noise and is
 * dropped; memory stays bounded by the limits whatever a node prints.
 *
 * `push` throws {@link UnreadableAnswer}; the reader is of no use after that.
 */
export class AnswerReader {
  readonly #start: Buffer;
  readonly #onRecord: (record: AnswerLine) => void;
  readonly #limits: AnswerLimits;
  #pending = new ByteQueue();
  #state: AnswerState = { kind: "waiting" };
  #noiseBytes = 0;
  #held = 0;
  #noise = "";

  constructor(nonce: string, onRecord: (record: AnswerLine) => void, limits: AnswerLimits = answerLimits) {
    this.#start = Buffer.from(markStart(nonce), "latin1");
    this.#onRecord = onRecord;
    this.#limits = limits;
  }

  get state(): AnswerState {
    return this.#state;
  }

  /** The first noise seen, for an error that has to tell what came instead of an answer. */
  get noise(): string {
    // What is not yet read may still become a mark, but at the end of the output it is noise like the rest.
    return (this.#noise + this.#pending.head(this.#limits.noiseKept)).slice(0, this.#limits.noiseKept);
  }

  push(chunk: Buffer): void {
    if (this.#over()) return;
    this.#pending.add(chunk);
    while (!this.#over() && this.#step());
  }

  #over(): boolean {
    return this.#state.kind === "ended";
  }

  /** Handles one mark or record; false if more bytes are needed. */
  #step(): boolean {
    if (!this.#pending.ready()) return false;
    const bytes = this.#pending.bytes();
    const at = bytes.indexOf(this.#start);
    if (at < 0) {
      this.#drop(Math.max(0, bytes.length - this.#start.length + 1));
      return false;
    }
    if (at > 0) this.#drop(at);
    return this.#mark(this.#pending.bytes());
  }

  #mark(bytes: Buffer): boolean {
    const from = this.#start.length;
    const close = bytes.subarray(from, from + longestWord + 2).indexOf(">>");
    if (close < 0) {
      if (bytes.length >= from + longestWord + 2) throw new UnreadableAnswer("a mark is not closed");
      return false;
    }
    const word = bytes.toString("latin1", from, from + close);
    return this.#word(word, from + close + 2);
  }

  #word(word: string, end: number): boolean {
    if (/^\d+$/.test(word)) return this.#record(Number(word), end);
    const status = /^end (\d{1,3})$/.exec(word)?.[1];
    if (word !== "begin" && status === undefined) throw new UnreadableAnswer(`a mark says ${JSON.stringify(word)}`);
    if ((word === "begin") !== (this.#state.kind === "waiting")) throw new UnreadableAnswer(`the mark ${word} is out of place`);
    this.#pending.drop(end);
    this.#state = status === undefined ? { kind: "begun" } : { kind: "ended", status: Number(status) };
    return true;
  }

  #record(length: number, from: number): boolean {
    if (this.#state.kind !== "begun") throw new UnreadableAnswer("a record is outside the marks");
    const most = Math.min(this.#limits.recordBytes, this.#limits.heldBytes);
    if (length > most) throw new UnreadableAnswer(`a record of ${length} bytes is longer than ${most}`);
    // One byte more: the record's line must end where its length says.
    if (this.#pending.length < from + length + 1) {
      this.#pending.waitFor(from + length + 1);
      return false;
    }
    const { record, held } = readRecord(this.#take(length, from));
    this.#held += held;
    if (this.#held > this.#limits.heldBytes) throw new UnreadableAnswer(`the records take more than ${this.#limits.heldBytes} bytes`);
    this.#onRecord(record);
    return true;
  }

  // The bytes go before their text is decoded: a long record would else be held three times.
  #take(length: number, from: number): string {
    const bytes = this.#pending.bytes();
    const text = recordText(bytes.subarray(from, from + length), bytes[from + length], this.#limits.fields);
    this.#pending.drop(from + length);
    return text;
  }

  #drop(length: number): void {
    this.#noiseBytes += length;
    if (this.#noise.length < this.#limits.noiseKept) {
      this.#noise += this.#pending.bytes().toString("latin1", 0, Math.min(length, this.#limits.noiseKept - this.#noise.length));
    }
    this.#pending.drop(length);
    if (this.#noiseBytes > this.#limits.noiseBytes) throw new UnreadableAnswer(`more than ${this.#limits.noiseBytes} bytes are no record`);
  }
}
