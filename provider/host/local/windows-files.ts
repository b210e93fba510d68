import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, mkdir, open, readdir, rename, rm, rmdir, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { FileFailure, type FileReason } from "../windows/file-failure";
import { type FileBytes, type FileStat, type FolderEntry, mostHashedBytes, type WindowsFiles } from "../windows/files";

/** The files of this Windows machine. */
export class LocalFiles implements WindowsFiles {
  async stat(path: string): Promise<FileStat | null> {
    return await unlessMissing(path, async () => fileStat(await stat(path)));
  }

  async lstat(path: string): Promise<FileStat | null> {
    return await unlessMissing(path, async () => fileStat(await lstat(path)));
  }

  async list(folder: string): Promise<readonly FolderEntry[] | null> {
    const names = await unlessMissing(folder, () => readdir(folder));
    if (names === null) return null;
    const entries = await Promise.all(names.map(async (name) => ({ name, stat: await this.lstat(join(folder, name)) })));
    return entries.flatMap((entry) => (entry.stat === null ? [] : [{ name: entry.name, ...entry.stat }]));
  }

  async read(path: string, limit: number): Promise<Buffer | null> {
    return await unlessMissing(path, async () => {
      const file = await open(path, "r");
      try {
        const bytes = Buffer.alloc(Math.min((await file.stat()).size, limit));
        const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
        return bytes.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    });
  }

  async hash(path: string): Promise<string | null> {
    return await unlessMissing(path, async () => {
      if ((await stat(path)).size > mostHashedBytes) return null;
      const hash = createHash("sha256");
      for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
      return hash.digest("hex");
    });
  }

  async write(path: string, bytes: FileBytes): Promise<void> {
    await attempt(path, async () => {
      const file = await open(path, "w");
      try {
        for await (const piece of Buffer.isBuffer(bytes) ? [bytes] : bytes) await file.writeFile(piece);
        await file.sync();
      } finally {
        await file.close();
      }
    });
  }

  async replace(from: string, to: string): Promise<void> {
    await attempt(to, () => rename(from, to));
  }

  async remove(path: string): Promise<void> {
    await attempt(path, () => rm(path, { force: true }));
  }

  async removeFolder(path: string): Promise<void> {
    await unlessMissing(path, () => rmdir(path));
  }

  async makeFolder(path: string): Promise<void> {
    await attempt(path, () => mkdir(path, { recursive: true }));
  }

  async freeBytes(folder: string): Promise<number | null> {
    const { bsize, bavail } = await attempt(folder, () => statfs(folder));
    return bsize * bavail;
  }
}

// What libuv makes of Windows' own error numbers: https://docs.libuv.org/en/v1.x/errors.html
const reasons: Readonly<Record<string, FileReason>> = {
  ENOENT: "No such file or directory",
  EACCES: "Permission denied",
  EPERM: "Permission denied",
  ENOSPC: "No space left on device",
  EBUSY: "a program holds it open",
};

async function attempt<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new FileFailure(path, reasons[(cause as NodeJS.ErrnoException).code ?? ""] ?? "the server gave no reason", { cause });
  }
}

async function unlessMissing<T>(path: string, work: () => Promise<T>): Promise<T | null> {
  try {
    return await attempt(path, work);
  } catch (error) {
    if (error instanceof FileFailure && error.reason === "No such file or directory") return null;
    throw error;
  }
}

function fileStat(stats: { isDirectory(): boolean; isFile(): boolean; size: number; mtimeMs: number }): FileStat {
  return {
    kind: stats.isDirectory() ? "folder" : stats.isFile() ? "file" : "other",
    size: stats.size,
    writtenAt: Math.floor(stats.mtimeMs / 1000),
  };
}
