import { inspect } from "node:util";

const redacted = "[REDACTED]";

/**
 * A value that must never be seen: every way of printing it gives `[REDACTED]`.
 *
 * Only the code that hands the value to the kernel or to a cipher calls {@link reveal}.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  [inspect.custom](): string {
    return redacted;
  }
}
