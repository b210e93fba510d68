/** Memory that is used again and again for the packed bytes of one entry after the other: allocating it costs more than reading. */
export class Scratch {
  #buffer = Buffer.alloc(0);

  /** At least that many bytes; what was taken before is overwritten. */
  take(length: number): Buffer {
    if (this.#buffer.length < length) {
      this.#buffer = Buffer.allocUnsafe(length * 2);
    }
    return this.#buffer;
  }
}
