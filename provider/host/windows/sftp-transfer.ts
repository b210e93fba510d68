import type { SFTPWrapper } from "ssh2";
import type { HostCounts } from "../counts";
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
  const lanes = new Lanes();
  let position = 0;
  for await (const piece of Buffer.isBuffer(bytes) ? [bytes] : bytes) {
    for (let at = 0; at < piece.length; at += pieceSize) {
      const length = Math.min(pieceSize, piece.length - at);
      const [from, to] = [at, position];
      await lanes.add(() => sftpCall(file, (done) => file.sftp.write(file.handle, piece, from, length, to, done)));
      position += length;
      file.counts.bytesSent += length;
    }
  }
  await lanes.empty();
}

/** Reads so many bytes from the beginning of an open file, or fewer where it ends. */
export async function readAll(file: OpenFile, size: number): Promise<Buffer> {
  const bytes = Buffer.alloc(size);
  const lanes = new Lanes();
  let end = size;
  for (let at = 0; at < size; at += pieceSize) {
    await lanes.add(async () => {
      const got = await readPiece(file, bytes, at, Math.min(pieceSize, size - at));
      if (got < Math.min(pieceSize, size - at)) end = Math.min(end, at + got);
    });
  }
  await lanes.empty();
  file.counts.bytesReceived += end;
  return bytes.subarray(0, end);
}

// A server may answer with fewer bytes than asked for, and at the end of the file with a status of its own.
async function readPiece(file: OpenFile, into: Buffer, at: number, length: number): Promise<number> {
  let got = 0;
  while (got < length) {
    const count = await sftpCall<number>(file, (done) =>
      file.sftp.read(file.handle, into, at + got, length - got, at + got, (error, bytesRead) =>
        isEndOfFile(error) ? done(undefined, 0) : done(error, bytesRead),
      ),
    );
    if (count === 0) return got;
    got += count;
  }
  return got;
}

function isEndOfFile(error: Error | undefined): boolean {
  return (error as { readonly code?: unknown } | undefined)?.code === 1;
}

/** So many requests under way at a time; the first that fails is told. */
class Lanes {
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
