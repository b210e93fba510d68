/** How long a session holds its place: until its script ends by itself, or until somebody closes it. */
export type SessionKind = "run" | "session";

/**
 * Lets so many sessions on one connection at a time and queues the rest, in order.
 *
 * `enter` rejects with the error of `exhausted` where every place is held by an open session, which no waiting frees.
 */
export class SessionGate {
  readonly #most: number;
  #limit: number;
  #active = 0;
  #lasting = 0;
  #waiting: Waiting[] = [];
  readonly #exhausted: () => Error;
  readonly #onActive: (active: number) => void;

  constructor(limit: number, exhausted: () => Error, onActive: (active: number) => void) {
    this.#most = limit;
    this.#limit = limit;
    this.#exhausted = exhausted;
    this.#onActive = onActive;
  }

  get active(): number {
    return this.#active;
  }

  get limit(): number {
    return this.#most;
  }

  /** Whether a run other than the asker's own ends by itself and then makes room. */
  willFree(asker: SessionKind): boolean {
    return this.#active - this.#lasting > (asker === "run" ? 1 : 0);
  }

  enter(kind: SessionKind): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ kind, resolve, reject });
      this.#admit();
    });
  }

  leave(kind: SessionKind): void {
    this.#count(kind, -1);
    this.#admit();
  }

  /** The server refused a session that had entered: from now on so many fewer; it waits for its turn at the front. */
  enterAgainWithLowerLimit(kind: SessionKind): Promise<void> {
    this.#count(kind, -1);
    this.#limit = Math.max(1, Math.min(this.#limit, this.#active));
    return new Promise((resolve, reject) => {
      this.#waiting.unshift({ kind, resolve, reject });
      this.#admit();
    });
  }

  #admit(): void {
    while (this.#active < this.#room()) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#count(next.kind, 1);
      next.resolve();
    }
    if (this.#lasting < this.#most) return;
    for (const waiting of this.#waiting.splice(0)) waiting.reject(this.#exhausted());
  }

  // A limit lowered in a moment of crowding must not shut out everybody while sessions are held open.
  #room(): number {
    return Math.min(this.#most, Math.max(this.#limit, this.#lasting + 1));
  }

  #count(kind: SessionKind, by: 1 | -1): void {
    this.#active += by;
    if (kind === "session") this.#lasting += by;
    this.#onActive(this.#active);
  }
}

interface Waiting {
  readonly kind: SessionKind;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}
