import { answerLimits } from "../limits";
import { printable } from "../../vocabulary/printable";
import { markStart } from "./prelude";
import { textOfBytes } from "./text-of-bytes";

/**
 * Keeps the end of a script's standard error and shows its last lines. A shell that goes on to the next script marks there, as in
 * the answer, where that of one script begins and ends.
 */
export class ErrorText {
  readonly #begin: Buffer;
  readonly #end: Buffer;
  #tail: Buffer = Buffer.alloc(0);
  #ended = false;

  constructor(nonce: string) {
    this.#begin = Buffer.from(`${markStart(nonce)}begin>>\n`, "latin1");
    this.#end = Buffer.from(`${markStart(nonce)}end `, "latin1");
  }

  /** Whether the end mark has come, which only a shell writes that goes on. */
  get ended(): boolean {
    return this.#ended;
  }

  push(chunk: Buffer): void {
    if (this.#ended) return;
    const text = this.#own(Buffer.concat([this.#tail, chunk]));
    this.#tail = text.subarray(Math.max(0, text.length - answerLimits.errorTextKept));
  }

  lastLines(): string {
    return printable(textOfBytes(this.#tail)).trimEnd().split("\n").slice(-answerLimits.errorTextLines).join("\n");
  }

  #own(text: Buffer): Buffer {
    const begin = text.indexOf(this.#begin);
    const own = begin < 0 ? text : text.subarray(begin + this.#begin.length);
    const end = own.indexOf(this.#end);
    this.#ended = end >= 0;
    return end < 0 ? own : own.subarray(0, end);
  }
}
