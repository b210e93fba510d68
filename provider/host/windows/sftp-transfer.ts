import { createHash } from "node:crypto";
import type { SFTPWrapper } from "ssh2";
import type { HostCounts } from "../counts";
import { UnreadableAnswer } from "../unreadable-answer";
import type { FileBytes } from "./files";
import { sftpCall } from "./sftp-call";

export interface OpenFile {
  readonly sftp: SFTPWrapper;
  readonly node: string;
  readonly path: string;
  readonly seconds: number;
  readonly handle: Buffer;
  readonly counts: HostCounts;
}

// Every server takes 32 kB in one request (https://datatracker.ietf.org/doc/html/draft-ietf-secsh-filexfer-02#section-3),
// and with so many under way a slow network is used well.
const pieceSize = 32 * 1024;
const underWay = 32;

/** Writes bytes from the beginning of an open file. */
export async function writeAll(file: OpenFile, bytes: FileBytes): Promise<void> {
  const inFlight = new InFlight();
  let position = 0;
  for await (const piece of Buffer.isBuffer(bytes) ? [bytes] : bytes) {
    for (let at = 0; at < piece.length; at += pieceSize) {
      const length = Math.min(pieceSize, piece.length - at);
      const [from, to] = [at, position];
      await inFlight.add(() => sftpCall(file, (done) => file.sftp.write(file.handle, piece, from, length, to, done)));
      position += length;
      file.counts.bytesSent += length;
    }
  }
  await inFlight.empty();
}

/** Reads so many bytes from the beginning of an open file, or fewer where it ends. Memory is taken for what has come. */
export async function readAll(file: OpenFile, size: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of piecesOf(file, size)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** SHA-256 of so many bytes from the beginning of an open file, in hex. */
export async function hashAll(file: OpenFile, size: number): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of piecesOf(file, size)) hash.update(piece);
  return hash.digest("hex");
}

// In order, and with so many requests under way: no more is held than they bring.
async function* piecesOf(file: OpenFile, size: number): AsyncIterable<Buffer> {
  const asked: Promise<Buffer>[] = [];
  let position = 0;
  try {
    for (;;) {
      while (asked.length < underWay && position < size) {
        const length = Math.min(pieceSize, size - position);
        const piece = readPiece(file, position, length);
        piece.catch(() => undefined);
        asked.push(piece);
        position += length;
      }
      const piece = await asked.shift();
      if (piece === undefined || piece.length === 0) return;
      file.counts.bytesReceived += piece.length;
      yield piece;
      if (piece.length < pieceSize) return;
    }
  } finally {
    await Promise.allSettled(asked);
  }
}

// A server may answer with fewer bytes than asked for, and at the end of the file with a status of its own.
async function readPiece(file: OpenFile, position: number, length: number): Promise<Buffer> {
  const into = Buffer.alloc(length);
  let got = 0;
  while (got < length) {
    const count = await sftpCall<number>(file, (done) =>
      file.sftp.read(file.handle, into, got, length - got, position + got, (error, bytesRead) =>
        isEndOfFile(error) ? done(undefined, 0) : done(error, bytesRead),
      ),
    );
    if (!Number.isSafeInteger(count) || count < 0 || count > length - got) {
      throw new UnreadableAnswer("its SFTP server answers a read with something else");
    }
    if (count === 0) break;
    got += count;
  }
  return into.subarray(0, got);
}

/** Whether an error is the status that ends a file or a listing. */
export function isEndOfFile(error: Error | null | undefined): boolean {
  return (error as { readonly code?: unknown } | null | undefined)?.code === 1;
}

/** So many requests under way at a time; the first that fails is told. */
class InFlight {
  readonly #running = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | undefined;

  async add(work: () => Promise<unknown>): Promise<void> {
    while (this.#running.size >= underWay) await Promise.race(this.#running);
    this.#tell();
    const running: Promise<void> = work()
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .then(() => void this.#running.delete(running));
    this.#running.add(running);
  }

  async empty(): Promise<void> {
    await Promise.all(this.#running);
    this.#tell();
  }

  #tell(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }
}
