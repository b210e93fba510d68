import { TableauError } from "../error";
import type { AnswerRecord } from "./host";

/** Records of a session between the one who reads them from the node and the one who iterates. */
export class RecordQueue {
  readonly #records: AnswerRecord[] = [];
  #wake: () => void = () => undefined;
  #over = false;
  #error: Error | undefined;

  add(record: AnswerRecord): void {
    this.#records.push(record);
    this.#wake();
  }

  end(error?: Error): void {
    this.#over = true;
    this.#error = error;
    this.#wake();
  }

  /** Ends with the session. A lost connection is an end; an answer that cannot be read is thrown. */
  async *iterate(): AsyncIterableIterator<AnswerRecord> {
    for (;;) {
      const record = this.#records.shift();
      if (record !== undefined) yield record;
      else if (this.#over) break;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    if (this.#error !== undefined && !endsQuietly(this.#error)) throw this.#error;
  }
}

function endsQuietly(error: Error): boolean {
  return error instanceof TableauError && error.code === "host-connection-lost";
}
