/** Bytes that are not what SSH's own form says. */
export class MalformedBytes extends Error {
  override readonly name = "MalformedBytes";
}

// OpenSSH takes no number of more bits: sshbuf.h, SSHBUF_MAX_BIGNUM.
const longestNumber = 16384 / 8;

/**
 * Reads SSH's own form of data, as keys, certificates and signatures have it, and believes no length.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4251#section-5
 */
export class WireReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** How many bytes were read. */
  get at(): number {
    return this.#at;
  }

  get over(): boolean {
    return this.#at === this.#bytes.length;
  }

  byte(): number {
    return this.#take(1).readUInt8(0);
  }

  uint32(): number {
    return this.#take(4).readUInt32BE(0);
  }

  uint64(): bigint {
    return this.#take(8).readBigUInt64BE(0);
  }

  bytes(): Buffer {
    return this.#take(this.uint32());
  }

  /** A string of C: it ends before a NUL, which may only be its last byte. */
  text(): string {
    const text = this.bytes().toString("latin1").replace(/\0$/, "");
    if (text.includes("\0")) throw new MalformedBytes("a name holds a NUL");
    return text;
  }

  /** A number without its leading zeros. */
  number(): Buffer {
    const bytes = this.bytes();
    if (((bytes[0] ?? 0) & 0x80) !== 0) throw new MalformedBytes("a number is negative");
    if (bytes.length > longestNumber + 1 || (bytes.length > longestNumber && bytes[0] !== 0)) {
      throw new MalformedBytes("a number is too long");
    }
    const first = bytes.findIndex((byte) => byte !== 0);
    return first < 0 ? Buffer.alloc(0) : bytes.subarray(first);
  }

  /** @throws MalformedBytes if something is left. */
  end(): void {
    if (!this.over) throw new MalformedBytes("there is something after the end");
  }

  #take(length: number): Buffer {
    if (length > this.#bytes.length - this.#at) throw new MalformedBytes("it is cut");
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}

/** Bytes with their length before them. */
export function wireString(bytes: Buffer | string): Buffer {
  const body = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes, "latin1");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}
