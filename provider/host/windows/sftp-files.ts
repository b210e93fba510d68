import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { SFTPWrapper, Stats } from "ssh2";
import { withoutLastPart } from "../../node-path";
import type { HostCounts } from "../counts";
import type { Waits } from "../limits";
import { offers } from "../ssh2-internals";
import { FileFailure } from "./file-failure";
import type { FileBytes, FileStat, FolderEntry, WindowsFiles } from "./files";
import { sftpCall, sftpPath } from "./sftp-call";
import { type OpenFile, readAll, writeAll } from "./sftp-transfer";

// A scanner looks at a new file for a moment; some ten seconds in all.
const patience = 8;

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

  async list(folder: string): Promise<readonly FolderEntry[] | null> {
    const entries = await this.#unlessMissing(() =>
      this.#ask<{ filename: string; attrs: Stats }[]>(folder, (sftp, at, done) => sftp.readdir(at, done)),
    );
    return entries?.map(({ filename, attrs }) => ({ name: filename, ...fileStat(attrs) })) ?? null;
  }

  async read(path: string, limit = Number.MAX_SAFE_INTEGER): Promise<Buffer | null> {
    return await this.#unlessMissing(() =>
      this.#opened(path, "r", async (file) => {
        const { size } = await this.#ask<Stats>(path, (sftp, _at, done) => sftp.fstat(file.handle, done));
        return await readAll(file, Math.min(size, limit));
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
        if (!halfDone || failed >= patience) throw await this.#whyNotChanged(halfDone ? from : to, error);
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
    const { f_frsize: size, f_bavail: count } = await this.#ask<{ f_frsize: number; f_bavail: number }>(folder, (channel, at, done) =>
      channel.ext_openssh_statvfs(at, done),
    );
    return size * count;
  }

  async #ask<T = undefined>(
    path: string,
    ask: (sftp: SFTPWrapper, at: string, done: (error: Error | null | undefined, value?: T) => void) => void,
  ): Promise<T> {
    const { node, waits } = this.#options;
    const sftp = await this.#options.channel();
    return await sftpCall<T>({ sftp, node, path, seconds: waits.sftp }, (done) => ask(sftp, sftpPath(path), done));
  }

  async #opened<T>(path: string, flags: "r" | "w", work: (file: OpenFile) => Promise<T>): Promise<T> {
    const { node, counts, waits } = this.#options;
    const sftp = await this.#options.channel();
    const place = { sftp, node, path, seconds: waits.sftp };
    const handle = await sftpCall<Buffer>(place, (done) => sftp.open(sftpPath(path), flags, done));
    const close = (): Promise<undefined> => sftpCall(place, (done) => sftp.close(handle, done));
    try {
      const result = await work({ ...place, handle, counts });
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

function fileStat(attrs: Stats): FileStat {
  return { kind: attrs.isDirectory() ? "folder" : "file", size: attrs.size, writtenAt: attrs.mtime };
}
