import { answerLimits } from "./limits";
import { printable } from "./printable";
import { textOfBytes } from "./text-of-bytes";

/** Keeps the end of a script's standard error and shows its last lines. */
export class ErrorText {
  #tail = Buffer.alloc(0);

  push(chunk: Buffer): void {
    const joined = Buffer.concat([this.#tail, chunk]);
    this.#tail = joined.subarray(Math.max(0, joined.length - answerLimits.errorTextKept));
  }

  lastLines(): string {
    return printable(textOfBytes(this.#tail)).trimEnd().split("\n").slice(-answerLimits.errorTextLines).join("\n");
  }
}
