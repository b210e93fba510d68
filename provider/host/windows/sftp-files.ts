import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { SFTPWrapper, Stats } from "ssh2";
import { withoutLastPart } from "../../vocabulary/node-path";
import { printable } from "../../vocabulary/printable";
import type { HostCounts } from "../counts";
import type { Waits } from "../limits";
import { offers } from "../ssh/ssh2-internals";
import { UnreadableAnswer } from "../unreadable-answer";
import { FileFailure } from "./file-failure";
import { type FileBytes, type FileStat, type FolderEntry, mostHashedBytes, type WindowsFiles } from "./files";
import { sftpCall, sftpPath } from "./sftp-call";
import { hashAll, isEndOfFile, type OpenFile, readAll, writeAll } from "./sftp-transfer";

// More than any folder has that this package works with.
const mostEntries = 20_000;
const mostCharacters = 1024 * 1024;

// https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
const longestName = 255;

// A scanner looks at a new file for a moment; some ten seconds in all.
const mostAttempts = 8;

// What the types of ssh2 leave out: "." and ".." come along, so that no part of a listing is empty.
type Lister = SFTPWrapper & {
  readdir(handle: Buffer, options: { full: true }, done: (error: Error | undefined, list?: unknown) => void): void;
};

export interface SftpFilesOptions {
  readonly node: string;
  readonly counts: HostCounts;
  readonly waits: Waits;
  readonly channel: () => Promise<SFTPWrapper>;
}

/** The files of a Windows machine over SFTP, as OpenSSH for Windows serves them. */
export class SftpFiles implements WindowsFiles {
  readonly #options: SftpFilesOptions;

  constructor(options: SftpFilesOptions) {
    this.#options = options;
  }

  async stat(path: string): Promise<FileStat | null> {
    return await this.#unlessMissing(async () => fileStat(await this.#ask<Stats>(path, (sftp, at, done) => sftp.stat(at, done))));
  }

  async lstat(path: string): Promise<FileStat | null> {
    return await this.#unlessMissing(async () => fileStat(await this.#ask<Stats>(path, (sftp, at, done) => sftp.lstat(at, done))));
  }

  async list(folder: string): Promise<readonly FolderEntry[] | null> {
    return await this.#unlessMissing(async () => {
      const handle = await this.#ask<Buffer>(folder, (sftp, at, done) => sftp.opendir(at, done));
      return await this.#withHandle(folder, handle, () => this.#entries(folder, handle));
    });
  }

  async read(path: string, limit: number): Promise<Buffer | null> {
    return await this.#unlessMissing(() =>
      this.#opened(path, "r", async (file) => readAll(file, Math.min(await this.#sizeOf(file), limit))),
    );
  }

  async hash(path: string): Promise<string | null> {
    return await this.#unlessMissing(() =>
      this.#opened(path, "r", async (file) => {
        const size = await this.#sizeOf(file);
        return size > mostHashedBytes ? null : await hashAll(file, size);
      }),
    );
  }

  async write(path: string, bytes: FileBytes): Promise<void> {
    try {
      await this.#opened(path, "w", async (file) => {
        await writeAll(file, bytes);
        if (offers(file.sftp, "fsync@openssh.com")) await this.#ask(path, (sftp, _at, done) => sftp.ext_openssh_fsync(file.handle, done));
      });
    } catch (error) {
      throw await this.#whyNotWritten(path, error);
    }
  }

  async replace(from: string, to: string): Promise<void> {
    for (let failed = 1; ; failed += 1) {
      try {
        await this.#ask(from, (sftp, at, done) => sftp.ext_openssh_rename(at, sftpPath(to), done));
        return;
      } catch (error) {
        // The server may remove the old file first and then find the new one held open, such as by a virus scanner:
        // https://github.com/PowerShell/Win32-OpenSSH/issues/1534
        const halfDone = error instanceof FileFailure && (await this.stat(to)) === null && (await this.stat(from)) !== null;
        if (!halfDone || failed >= mostAttempts) throw await this.#whyNotChanged(halfDone ? from : to, error);
        await sleep(50 * 2 ** failed);
      }
    }
  }

  async remove(path: string): Promise<void> {
    try {
      await this.#unlessMissing(() => this.#ask(path, (sftp, at, done) => sftp.unlink(at, done)));
    } catch (error) {
      throw await this.#whyNotChanged(path, error);
    }
  }

  async removeFolder(path: string): Promise<void> {
    await this.#unlessMissing(() => this.#ask(path, (sftp, at, done) => sftp.rmdir(at, done)));
  }

  async makeFolder(path: string): Promise<void> {
    if ((await this.stat(path))?.kind === "folder") return;
    const above = withoutLastPart(path);
    if (above !== path && !/^[A-Za-z]:$/.test(above)) await this.makeFolder(above);
    try {
      await this.#ask(path, (sftp, at, done) => sftp.mkdir(at, done));
    } catch (error) {
      // Somebody else may have made it just now.
      if ((await this.stat(path))?.kind !== "folder") throw error;
    }
  }

  async freeBytes(folder: string): Promise<number | null> {
    const sftp = await this.#options.channel();
    if (!offers(sftp, "statvfs@openssh.com")) return null;
    const { f_frsize: size, f_bavail: blocks } = await this.#ask<{ f_frsize: number; f_bavail: number }>(folder, (channel, at, done) =>
      channel.ext_openssh_statvfs(at, done),
    );
    const free = size * blocks;
    return Number.isFinite(free) && free >= 0 ? free : null;
  }

  async #ask<T = undefined>(
    path: string,
    ask: (sftp: SFTPWrapper, at: string, done: (error: Error | null | undefined, value?: T) => void) => void,
  ): Promise<T> {
    const { node, waits } = this.#options;
    const sftp = await this.#options.channel();
    return await sftpCall<T>({ sftp, node, path, seconds: waits.sftp }, (done) => ask(sftp, sftpPath(path), done));
  }

  async #sizeOf({ path, handle }: OpenFile): Promise<number> {
    return fileStat(await this.#ask<Stats>(path, (sftp, _at, done) => sftp.fstat(handle, done))).size;
  }

  // A few at a time, so that a listing without an end is seen to be one.
  async #entries(folder: string, handle: Buffer): Promise<readonly FolderEntry[]> {
    const entries = new Map<string, FolderEntry>();
    let characters = 0;
    for (;;) {
      const some = await this.#ask<unknown>(folder, (sftp, _at, done) =>
        (sftp as Lister).readdir(handle, { full: true }, (error, list) => (isEndOfFile(error) ? done(undefined, null) : done(error, list))),
      );
      if (some === null) return [...entries.values()];
      if (!Array.isArray(some) || some.length === 0) throw new UnreadableAnswer(`its SFTP server lists ${folder} in an unknown form`);
      for (const { filename: name, attrs } of some as readonly { filename: string; attrs: Stats }[]) {
        if (name === "." || name === "..") continue;
        if (isNoName(name) || entries.has(name)) throw new UnreadableAnswer(`its SFTP server lists in ${folder} the name ${shown(name)}`);
        entries.set(name, { name, ...fileStat(attrs) });
        characters += name.length;
      }
      if (entries.size > mostEntries || characters > mostCharacters) {
        throw new UnreadableAnswer(
          `its SFTP server lists more than ${String(mostEntries)} names, or ${String(mostCharacters)} characters of names, in ${folder}`,
        );
      }
    }
  }

  async #opened<T>(path: string, flags: "r" | "w", work: (file: OpenFile) => Promise<T>): Promise<T> {
    const { node, counts, waits } = this.#options;
    const sftp = await this.#options.channel();
    const handle = await this.#ask<Buffer>(path, (_sftp, at, done) => sftp.open(at, flags, done));
    return await this.#withHandle(path, handle, () => work({ sftp, node, path, handle, counts, seconds: waits.sftp }));
  }

  async #withHandle<T>(path: string, handle: Buffer, work: () => Promise<T>): Promise<T> {
    if (!Buffer.isBuffer(handle)) throw new UnreadableAnswer("its SFTP server opens a file with something else than a handle");
    const close = (): Promise<undefined> => this.#ask(path, (sftp, _at, done) => sftp.close(handle, done));
    try {
      const result = await work();
      await close();
      return result;
    } catch (error) {
      await close().catch(() => undefined);
      throw error;
    }
  }

  async #unlessMissing<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof FileFailure && error.reason === "No such file or directory") return null;
      throw error;
    }
  }

  // The server says "failure" and no more where the disk is full.
  async #whyNotWritten(path: string, error: unknown): Promise<unknown> {
    if (!(error instanceof FileFailure) || error.reason !== "the server gave no reason") return error;
    const free = await this.freeBytes(path.replace(/[\\/][^\\/]*$/, "/")).catch(() => null);
    return free !== null && free < 1024 * 1024 ? new FileFailure(path, "No space left on device", { cause: error }) : error;
  }

  // Windows refuses to change a file that a program holds open, and SFTP has no word for it. Who may make another file in
  // the folder may change this one too, as access lists are the folder's.
  async #whyNotChanged(path: string, error: unknown): Promise<unknown> {
    if (!(error instanceof FileFailure) || error.reason === "No such file or directory") return error;
    const probe = `${path.replace(/[\\/][^\\/]*$/, "")}/.pulumi-tableau.${randomBytes(6).toString("hex")}.part`;
    try {
      await this.write(probe, Buffer.alloc(0));
      await this.#ask(probe, (sftp, at, done) => sftp.unlink(at, done));
    } catch {
      return error;
    }
    return new FileFailure(path, "a program holds it open", { cause: error });
  }
}

// Names of Windows have none of these, whatever made the file.
function isNoName(name: unknown): boolean {
  return typeof name !== "string" || name === "" || name.length > longestName || /[\\/\0-\x1f]/.test(name);
}

function shown(name: unknown): string {
  return JSON.stringify(printable(String(name).slice(0, 80)));
}

// What is not told is undefined, and an answer to another question is no such object at all.
function fileStat(attrs: unknown): FileStat {
  const { mode, size, mtime } = (typeof attrs === "object" && attrs !== null ? attrs : {}) as Partial<Stats>;
  if (!isNumber(mode) || !isNumber(size) || !isNumber(mtime)) throw new UnreadableAnswer("its SFTP server tells nothing usable of a file");
  return { kind: kindOf(mode & constants.S_IFMT), size, writtenAt: mtime };
}

function kindOf(format: number): FileStat["kind"] {
  return format === constants.S_IFDIR ? "folder" : format === constants.S_IFREG ? "file" : "other";
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
