import type { Readable } from "node:stream";
import { MalformedBytes, WireReader } from "../keys/wire";

// Enough for an identification and the lists of algorithms of any server.
const mostKept = 16 * 1024;

/** The algorithms that a server offers, by what they are for. */
export interface ServerOffer {
  readonly keyExchange: readonly string[];
  readonly hostKey: readonly string[];
  readonly cipher: readonly string[];
  readonly mac: readonly string[];
}

/** The first bytes that a server sends, which are not encrypted. */
export class ServerGreeting {
  readonly #pieces: Buffer[] = [];
  #length = 0;
  readonly #stream: Readable;
  readonly #onIdentified: () => void;
  #identified = false;
  readonly #take = (piece: Buffer): void => {
    this.#pieces.push(piece.subarray(0, mostKept - this.#length));
    this.#length += piece.length;
    if (!this.#identified && this.identification !== undefined) {
      this.#identified = true;
      this.#onIdentified();
    }
    if (this.#length >= mostKept) this.end();
  };

  constructor(stream: Readable, onIdentified: () => void) {
    this.#stream = stream;
    this.#onIdentified = onIdentified;
  }

  /** For a stream that somebody else reads, and has paused: so this changes nothing of how it flows. */
  begin(): void {
    this.#stream.on("data", this.#take);
  }

  end(): void {
    this.#stream.off("data", this.#take);
  }

  /** What it sent before, or in place of, an identification. */
  get words(): string {
    const text = this.#bytes().toString("latin1");
    const at = text.search(/^SSH-/m);
    return (at < 0 ? text : text.slice(0, at)).trim().slice(0, 200);
  }

  /** What the server calls itself, such as "SSH-2.0-OpenSSH_9.2p1"; undefined: it has not said. */
  get identification(): string | undefined {
    return /^SSH-[^\r\n]{1,250}(?=\r?\n)/m.exec(this.#bytes().toString("latin1"))?.[0];
  }

  /** Undefined: it has not come, or cannot be read. */
  get offer(): ServerOffer | undefined {
    const bytes = this.#bytes();
    const text = `\n${bytes.toString("latin1")}`;
    const [line, end] = [text.indexOf("\nSSH-"), text.indexOf("\n", text.indexOf("\nSSH-") + 1)];
    if (line < 0 || end < 0) return undefined;
    try {
      const packet = new WireReader(bytes.subarray(end));
      return readOffer(packet.bytes());
    } catch (error) {
      if (error instanceof MalformedBytes) return undefined;
      throw error;
    }
  }

  #bytes(): Buffer {
    return Buffer.concat(this.#pieces);
  }
}

// https://www.rfc-editor.org/rfc/rfc4253#section-7.1
function readOffer(packet: Buffer): ServerOffer | undefined {
  const wire = new WireReader(packet);
  wire.byte();
  if (wire.byte() !== 20) return undefined;
  for (let cookie = 0; cookie < 16; cookie += 1) wire.byte();
  const list = (): readonly string[] => wire.text().split(",");
  const [keyExchange, hostKey, cipher] = [list(), list(), list()];
  list();
  return { keyExchange, hostKey, cipher, mac: list() };
}
