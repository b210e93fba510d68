import { TableauError } from "../../vocabulary/error";
import type { AnswerLine } from "../host";

/** Records of a session between the one who reads them from the node and the one who iterates. */
export class RecordQueue {
  #records: AnswerLine[] = [];
  /** Those before it were taken. */
  #next = 0;
  #wake: () => void = () => undefined;
  #over = false;
  #error: Error | undefined;

  add(record: AnswerLine): void {
    this.#records.push(record);
    this.#wake();
  }

  end(error?: Error): void {
    this.#over = true;
    this.#error = error;
    this.#wake();
  }

  /** Ends with the session. A lost connection is an end; an answer that cannot be read is thrown. */
  async *iterate(): AsyncIterableIterator<AnswerLine> {
    for (;;) {
      const record = this.#take();
      if (record !== undefined) yield record;
      else if (this.#over) break;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    if (this.#error !== undefined && !endsQuietly(this.#error)) throw this.#error;
  }

  // All at once are forgotten: to take one from the front of a long list moves all the others.
  #take(): AnswerLine | undefined {
    const record = this.#records[this.#next];
    this.#next += 1;
    if (record === undefined) {
      this.#records = [];
      this.#next = 0;
    }
    return record;
  }
}

function endsQuietly(error: Error): boolean {
  return error instanceof TableauError && error.code === "host-connection-lost";
}
