/** Standard input of a command: bytes come, lines are read. */
export class LineInput {
  #text = "";
  #ended: "no" | "yes" = "no";
  #wake: () => void = () => undefined;

  push(bytes: Buffer): void {
    this.#text += bytes.toString("utf8");
    this.#wake();
  }

  end(): void {
    this.#ended = "yes";
    this.#wake();
  }

  /** A line without its end; undefined where nothing comes any more. */
  async readLine(): Promise<string | undefined> {
    for (;;) {
      const end = this.#text.indexOf("\n");
      if (end >= 0) return this.#cut(end, end + 1);
      if (this.#ended === "yes") return this.#text === "" ? undefined : this.#cut(this.#text.length, this.#text.length);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #cut(length: number, behind: number): string {
    const line = this.#text.slice(0, length).replace(/\r$/, "");
    this.#text = this.#text.slice(behind);
    return line;
  }
}

/** `<nul`, and whoever has nothing to read. */
export function noInput(): LineInput {
  const input = new LineInput();
  input.end();
  return input;
}
