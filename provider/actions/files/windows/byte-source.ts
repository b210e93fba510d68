/** Bytes that come in pieces, taken so many at a time. */
export class ByteSource {
  readonly #pieces: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(pieces: AsyncIterable<Buffer>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** The next so many bytes, or fewer where the source ends. */
  async *take(count: number): AsyncIterable<Buffer> {
    let left = count;
    while (left > 0) {
      const piece = await this.#next();
      if (piece === null) return;
      const taken = piece.subarray(0, left);
      this.#rest = piece.subarray(taken.length);
      left -= taken.length;
      yield taken;
    }
  }

  /** The next line as text, without its end; what is left where there is no further line end. */
  async line(): Promise<string> {
    const parts: Buffer[] = [];
    for (let piece = await this.#next(); piece !== null; piece = await this.#next()) {
      const end = piece.indexOf("\n");
      parts.push(end < 0 ? piece : piece.subarray(0, end));
      this.#rest = end < 0 ? Buffer.alloc(0) : piece.subarray(end + 1);
      if (end >= 0) break;
    }
    return Buffer.concat(parts).toString("utf8");
  }

  /** Everything that is left. */
  async all(): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of this.take(Number.MAX_SAFE_INTEGER)) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  async #next(): Promise<Buffer | null> {
    if (this.#rest.length > 0) return this.#rest;
    const { value, done } = (await this.#pieces.next()) as IteratorResult<Buffer, undefined>;
    return done === true ? null : value;
  }
}
