/** Reads the fields of one SFTP packet. */
export class PacketReader {
  #position = 0;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  byte(): number {
    return this.#take(1).readUInt8();
  }

  number(): number {
    return this.#take(4).readUInt32BE();
  }

  /** A position in a file. */
  position(): number {
    return Number(this.#take(8).readBigUInt64BE());
  }

  bytes(): Buffer {
    return this.#take(this.number());
  }

  text(): string {
    return this.bytes().toString("utf8");
  }

  #take(length: number): Buffer {
    if (this.#position + length > this.#bytes.length) throw new RangeError("an SFTP packet is shorter than it says");
    this.#position += length;
    return this.#bytes.subarray(this.#position - length, this.#position);
  }
}
