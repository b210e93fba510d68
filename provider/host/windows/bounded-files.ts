import { fieldCost, recordCost } from "../limits";
import { UnreadableAnswer } from "../unreadable-answer";
import type { FileBytes, FileStat, FolderEntry, WindowsFiles } from "./files";

// Each file that is read holds what is under way for it, too.
const readAtATime = 16;

// Windows allows 260 characters, or 32,767 where a program asks for it; nothing that this package looks into is so deep.
const longestPath = 4096;

/**
 * The files of a machine for one script, which holds what it reads and lists until it is told: no more of that than so many bytes, as with
 * the records of a script for sh.
 */
export class BoundedFiles implements WindowsFiles {
  readonly #files: WindowsFiles;
  readonly #most: number;
  #held = 0;
  #refusal: UnreadableAnswer | undefined;
  #reading = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(files: WindowsFiles, most: number) {
    this.#files = files;
    this.#most = most;
  }

  async stat(path: string): Promise<FileStat | null> {
    return await this.#files.stat(path);
  }

  async lstat(path: string): Promise<FileStat | null> {
    return await this.#files.lstat(path);
  }

  async list(folder: string): Promise<readonly FolderEntry[] | null> {
    if (folder.length > longestPath) throw new UnreadableAnswer("it has folders within folders without an end");
    const entries = await this.#inTurn(() => this.#files.list(folder));
    this.#hold((entries ?? []).reduce((sum, { name }) => sum + recordCost + fieldCost + 2 * name.length, 0));
    return entries;
  }

  async read(path: string, limit: number): Promise<Buffer | null> {
    const bytes = await this.#inTurn(() => this.#files.read(path, limit));
    this.#hold(bytes?.length ?? 0);
    return bytes;
  }

  async hash(path: string): Promise<string | null> {
    return await this.#inTurn(() => this.#files.hash(path));
  }

  async write(path: string, bytes: FileBytes): Promise<void> {
    await this.#files.write(path, bytes);
  }

  async replace(from: string, to: string): Promise<void> {
    await this.#files.replace(from, to);
  }

  async remove(path: string): Promise<void> {
    await this.#files.remove(path);
  }

  async removeFolder(path: string): Promise<void> {
    await this.#files.removeFolder(path);
  }

  async makeFolder(path: string): Promise<void> {
    await this.#files.makeFolder(path);
  }

  async freeBytes(folder: string): Promise<number | null> {
    return await this.#files.freeBytes(folder);
  }

  // One error for all that wait: each of its own would take more than what they wait for.
  #assertRoom(): void {
    if (this.#held <= this.#most) return;
    this.#refusal ??= new UnreadableAnswer(`the files and names that it tells of take more than ${String(this.#most)} bytes`);
    throw this.#refusal;
  }

  #hold(bytes: number): void {
    this.#held += bytes;
    this.#assertRoom();
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#reading >= readAtATime) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#reading += 1;
    try {
      // Nothing more is asked for when there is no room for it.
      this.#assertRoom();
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#reading -= 1;
      else next();
    }
  }
}
