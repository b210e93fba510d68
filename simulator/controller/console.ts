import type { Switches } from "../switches";
import type { Call } from "./call";

const lineEnds: Readonly<Record<Switches["lineEnds"], (line: string) => string>> = {
  lf: (line) => `${line}\n`,
  crlf: (line) => `${line}\r\n`,
  "trailing-blanks": (line) => `${line}    \n`,
  ansi: (line) => `\u001b[2K\u001b[1m${line}\u001b[0m\n`,
};
const indentations: Readonly<Record<Switches["indentation"], string>> = { tab: "\t", blanks: "    ", none: "" };

/** Prints lines for a caller in the way that the switches say. */
export class Console {
  readonly #call: Call;
  readonly #switches: Switches;

  constructor(call: Call, switches: Switches) {
    this.#call = call;
    this.#switches = switches;
  }

  line(...texts: readonly string[]): void {
    for (const text of texts) this.#call.out(this.#ended(text));
  }

  indented(text: string): void {
    this.line(indentations[this.#switches.indentation] + text);
  }

  error(...texts: readonly string[]): void {
    for (const text of texts) {
      if (this.#switches.errorStream !== "stdout") this.#call.err(this.#ended(text));
      if (this.#switches.errorStream !== "stderr") this.#call.out(this.#ended(text));
    }
  }

  /** Prints on standard error, whatever the switches say of errors. */
  aside(...texts: readonly string[]): void {
    for (const text of texts) this.#call.err(this.#ended(text));
  }

  /** Asks on standard output and reads the answer from standard input. */
  async ask(question: string): Promise<string | undefined> {
    if (question !== "") this.#call.out(question);
    return this.#call.ask();
  }

  #ended(text: string): string {
    return text.split("\n").map(lineEnds[this.#switches.lineEnds]).join("");
  }
}
