/** How long a session holds its place: until its script ends by itself, or until somebody closes it. */
export type SessionKind = "run" | "session";

/** A session that has nothing to do now and can be ended. */
export interface Resting {
  readonly end: () => void;
}

/**
 * Lets so many sessions on one connection at a time and queues the rest, in order. Where there is no room, sessions that rest are
 * ended.
 *
 * `enter` rejects with the error of `exhausted` where every place is held by an open session, which no waiting frees.
 */
export class SessionGate {
  readonly #most: number;
  #limit: number;
  #active = 0;
  #lasting = 0;
  #waiting: Waiting[] = [];
  readonly #resting = new Set<Resting>();
  readonly #ending = new Set<Resting>();
  readonly #exhausted: () => Error;
  readonly #onBusy: () => void;

  constructor(limit: number, exhausted: () => Error, onBusy: () => void) {
    this.#most = limit;
    this.#limit = limit;
    this.#exhausted = exhausted;
    this.#onBusy = onBusy;
  }

  /** Sessions that do not rest. */
  get busy(): number {
    return this.#active - this.#resting.size;
  }

  get limit(): number {
    return this.#most;
  }

  /** Whether a run other than the asker's own ends by itself, or rests, and then makes room. */
  willFree(asker: SessionKind): boolean {
    return this.#active - this.#lasting > (asker === "run" ? 1 : 0);
  }

  enter(kind: SessionKind): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ kind, resolve, reject });
      this.#admit();
    });
  }

  leave(kind: SessionKind, session?: Resting): void {
    if (session !== undefined) for (const set of [this.#resting, this.#ending]) set.delete(session);
    this.#count(kind, -1);
    this.#admit();
  }

  /** A session that has entered has nothing to do for now. */
  rest(session: Resting): void {
    this.#resting.add(session);
    this.#onBusy();
    this.#admit();
  }

  /** It has something to do again. False: it does not rest, since it was ended for others. */
  wake(session: Resting): boolean {
    const rested = this.#resting.delete(session);
    this.#onBusy();
    return rested;
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
    this.#endResting();
    if (this.#lasting < this.#most) return;
    for (const waiting of this.#waiting.splice(0)) waiting.reject(this.#exhausted());
  }

  // One for each that waits. They leave when they have ended.
  #endResting(): void {
    for (const session of this.#resting) {
      if (this.#ending.size >= this.#waiting.length) return;
      this.#resting.delete(session);
      this.#ending.add(session);
      this.#onBusy();
      session.end();
    }
  }

  // A limit lowered in a moment of crowding must not shut out everybody while sessions are held open.
  #room(): number {
    return Math.min(this.#most, Math.max(this.#limit, this.#lasting + 1));
  }

  #count(kind: SessionKind, by: 1 | -1): void {
    this.#active += by;
    if (kind === "session") this.#lasting += by;
    this.#onBusy();
  }
}

interface Waiting {
  readonly kind: SessionKind;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}
