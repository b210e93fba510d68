// What is left behind one of this size is copied, so that it can go.
const largePiece = 1024 * 1024;

/** Bytes not yet read, in one piece that grows with what has come and never with what is announced. */
export class ByteQueue {
  #bytes: Buffer = Buffer.alloc(0);
  #from = 0;
  #to = 0;
  /** Whether there may be written into it: else it is a piece that came. */
  #owner: "mine" | "theirs" = "theirs";
  #wanted = 0;

  get length(): number {
    return this.#to - this.#from;
  }

  add(piece: Buffer): void {
    if (this.length === 0) return this.#hold(piece, piece.length, "theirs");
    if (this.#owner === "theirs" || this.#to + piece.length > this.#bytes.length) this.#grow(this.length + piece.length);
    this.#to += piece.copy(this.#bytes, this.#to);
  }

  waitFor(length: number): void {
    this.#wanted = length;
  }

  ready(): boolean {
    return this.length > 0 && this.length >= this.#wanted;
  }

  bytes(): Buffer {
    return this.#bytes.subarray(this.#from, this.#to);
  }

  head(length: number): string {
    return this.bytes().toString("latin1", 0, length);
  }

  drop(length: number): void {
    this.#from += Math.min(length, this.length);
    this.#wanted = 0;
    if (this.length === 0) this.#hold(Buffer.alloc(0), 0, "theirs");
    else if (this.#from > largePiece && this.length < this.#from / 8) this.#hold(Buffer.from(this.bytes()), this.length, "mine");
  }

  // Many small pieces are copied a few times each; no more than twice of what has come is held.
  #grow(needed: number): void {
    const grown = Buffer.allocUnsafe(Math.min(2 * needed, Math.max(needed, this.#wanted)));
    this.#hold(grown, this.bytes().copy(grown), "mine");
  }

  #hold(bytes: Buffer, to: number, owner: "mine" | "theirs"): void {
    this.#bytes = bytes;
    this.#from = 0;
    this.#to = to;
    this.#owner = owner;
  }
}
