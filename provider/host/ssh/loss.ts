/**
 * The loss of a connection, for all who use it. Unlike a promise it lets go of whoever has ended before: a promise that is
 * pending for as long as a connection lives keeps everything that ever waited for it.
 */
export class Loss {
  #reason: string | undefined;
  readonly #listeners = new Set<(reason: string) => void>();

  /** Calls `listener` when the connection is lost, at once if it is, unless the function that comes back is called before. */
  subscribe(listener: (reason: string) => void): () => void {
    if (this.#reason !== undefined) {
      listener(this.#reason);
      return () => undefined;
    }
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  happened(reason: string): void {
    this.#reason = reason;
    for (const listener of this.#listeners) listener(reason);
    this.#listeners.clear();
  }
}
