import { createHash } from "node:crypto";

/** A file of a node. */
export interface MemoryFile {
  readonly bytes: Buffer;
  readonly sha256: string;
  /** In seconds, by the node's clock. */
  readonly changedAt: number;
}

/** What a disk that is full says. */
export class NoSpace extends Error {
  override readonly message = "No space left on device";
}

/** A node as values: its files, its server's processes, whether it can be reached, and whose the lock is. */
export class MemoryNode {
  readonly #files = new Map<string, MemoryFile>();
  readonly #folders = new Set<string>();
  /** Since when the server's processes run, by the node's clock; null: they do not. */
  runningSince: number | null = null;
  reachable: "yes" | "no" = "yes";
  disk: "free" | "full" = "free";
  /** Gives the lock back; absent: nobody holds it. */
  lock: object | undefined;
  /** Called when every connection is lost. */
  readonly onCut = new Set<() => void>();
  /** Hears of each change of a file. */
  onChange: (path: string) => void = () => undefined;
  #clock = 1_700_000_000;

  constructor(readonly name: string) {}

  /** The node's clock: each look at it is a hundredth of a second later, so that no test depends on how fast it runs. */
  now(): number {
    this.#clock = Math.round((this.#clock + 0.02) * 100) / 100;
    return this.#clock;
  }

  get(path: string): MemoryFile | undefined {
    return this.#files.get(path);
  }

  /** @throws NoSpace */
  write(path: string, bytes: Buffer): void {
    if (this.disk === "full") throw new NoSpace();
    this.makeFolder(path.slice(0, path.lastIndexOf("/")));
    this.#files.set(path, { bytes, sha256: digestOf(bytes), changedAt: this.now() });
    this.onChange(path);
  }

  /** A file system that is full can still rename. */
  rename(from: string, to: string): void {
    const file = this.#files.get(from);
    if (file === undefined) return;
    this.#files.delete(from);
    this.#files.set(to, { ...file, changedAt: this.now() });
    this.onChange(to);
  }

  remove(path: string): void {
    this.#files.delete(path);
  }

  makeFolder(path: string): void {
    this.#folders.add(path);
  }

  hasFolder(path: string): boolean {
    return this.#folders.has(path);
  }

  /** Names of the files of a folder, in their order. */
  list(folder: string): string[] {
    const names = [...this.#files.keys()].filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1));
    return names.filter((name) => !name.includes("/")).sort();
  }

  cut(): void {
    for (const lose of [...this.onCut]) lose();
  }
}

export function digestOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
