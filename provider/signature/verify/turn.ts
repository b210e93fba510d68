/** Counts what several, on one thread or on two, take one after the other. */
export class Turn {
  readonly shared: SharedArrayBuffer;
  readonly #count: Int32Array;

  constructor(shared = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.shared = shared;
    this.#count = new Int32Array(shared);
  }

  /** 0, 1, 2 ...; a number that nobody else gets. */
  next(): number {
    return Atomics.add(this.#count, 0, 1);
  }

  /** From now on the numbers are too high for anything that could be taken. */
  stop(): void {
    Atomics.store(this.#count, 0, 0x40000000);
  }
}
