import { createHash } from "node:crypto";
import { PassThrough } from "node:stream";
import { type Action, questionOf } from "../../../../provider/actions/action";
import type { Arguments, Values } from "../../../../provider/actions/arguments";
import type { Answer, Host, Script } from "../../../../provider/host/host";
import { waits } from "../../../../provider/host/limits";
import type { ReplyForm } from "../../../../provider/host/reply";
import type { RunningProcess } from "../../../../provider/host/script/running-process";
import { FileFailure } from "../../../../provider/host/windows/file-failure";
import type { FileBytes, FileStat, FolderEntry, WindowsFiles } from "../../../../provider/host/windows/files";
import { WindowsHost } from "../../../../provider/host/windows/windows-host";

const fold = (path: string): string => path.replaceAll("\\", "/").toLowerCase();

/** A Windows machine in memory: files, and the few command lines that the deployment needs. */
export class MemoryMachine implements WindowsFiles {
  readonly files = new Map<string, { readonly name: string; readonly bytes: Buffer }>();
  readonly folders = new Set<string>();
  /** When entries of a folder changed last, where that is not in second 1000; null: the machine does not let anybody see it. */
  readonly times = new Map<string, number | null>();
  /** Paths that a program holds open. */
  readonly held = new Set<string>();
  readonly lines: string[] = [];
  readonly host: Host = new WindowsHost({
    node: "node1",
    user: "Administrator",
    counts: { connections: 0, sessions: 0, scripts: 0, bytesSent: 0, bytesReceived: 0 },
    waits,
    files: this,
    start: (line) => Promise.resolve(this.#start(line)),
    during: (work) => work(),
  });

  async perform<A extends Arguments, R extends ReplyForm>(
    action: Action<A, R>,
    values: Values<A>,
    input?: Script["input"],
  ): Promise<Answer> {
    return await this.host.run(questionOf(action, values, { timeoutSeconds: 10, ...(input === undefined ? {} : { input }) }));
  }

  text(path: string): string | undefined {
    return this.files.get(fold(path))?.bytes.toString();
  }

  put(path: string, text: string): void {
    this.#makeFolders(fold(path.replace(/\/[^/]*$/, "")));
    this.files.set(fold(path), { name: path.replace(/^.*\//, ""), bytes: Buffer.from(text) });
  }

  stat(path: string): Promise<FileStat | null> {
    const file = this.files.get(fold(path));
    if (file !== undefined) return Promise.resolve({ kind: "file", size: file.bytes.length, writtenAt: 1000 });
    const writtenAt = this.times.get(fold(path)) ?? 1000;
    if (this.times.get(fold(path)) === null) return Promise.reject(new FileFailure(path, "Permission denied"));
    return Promise.resolve(this.folders.has(fold(path)) ? { kind: "folder", size: 0, writtenAt } : null);
  }

  lstat(path: string): Promise<FileStat | null> {
    return this.stat(path);
  }

  list(folder: string): Promise<readonly FolderEntry[] | null> {
    if (!this.folders.has(fold(folder))) return Promise.resolve(null);
    const inside = [...this.files].filter(([path]) => path.replace(/\/[^/]*$/, "") === fold(folder));
    const files = inside.map(([, { name, bytes }]) => ({ name, kind: "file" as const, size: bytes.length, writtenAt: 1000 }));
    const folders = [...this.folders].filter((path) => path.includes("/") && path.replace(/\/[^/]*$/, "") === fold(folder));
    const names = folders.map((path) => path.replace(/^.*\//, ""));
    return Promise.resolve([...files, ...names.map((name) => ({ name, kind: "folder" as const, size: 0, writtenAt: 1000 }))]);
  }

  read(path: string, limit: number): Promise<Buffer | null> {
    return Promise.resolve(this.files.get(fold(path))?.bytes.subarray(0, limit) ?? null);
  }

  hash(path: string): Promise<string | null> {
    const bytes = this.files.get(fold(path))?.bytes;
    return Promise.resolve(bytes === undefined ? null : createHash("sha256").update(bytes).digest("hex"));
  }

  async write(path: string, bytes: FileBytes): Promise<void> {
    const pieces: Buffer[] = [];
    for await (const piece of Buffer.isBuffer(bytes) ? [bytes] : bytes) pieces.push(piece);
    if (!this.folders.has(fold(path.replace(/\/[^/]*$/, "")))) throw new FileFailure(path, "No such file or directory");
    this.put(path, Buffer.concat(pieces).toString());
  }

  replace(from: string, to: string): Promise<void> {
    const file = this.files.get(fold(from));
    if (this.folders.has(fold(from))) return this.#moveFolder(from, to);
    if (file === undefined) return Promise.reject(new FileFailure(from, "No such file or directory"));
    const held = [from, to].find((path) => this.held.has(fold(path)));
    if (held !== undefined) return Promise.reject(new FileFailure(held, "a program holds it open"));
    this.files.delete(fold(from));
    this.put(to, file.bytes.toString());
    return Promise.resolve();
  }

  remove(path: string): Promise<void> {
    this.files.delete(fold(path));
    return Promise.resolve();
  }

  removeFolder(path: string): Promise<void> {
    this.folders.delete(fold(path));
    return Promise.resolve();
  }

  makeFolder(path: string): Promise<void> {
    this.#makeFolders(fold(path));
    return Promise.resolve();
  }

  freeBytes(): Promise<number | null> {
    return Promise.resolve(1024 * 1024);
  }

  #makeFolders(path: string): void {
    this.folders.add(path);
    if (path.includes("/")) this.#makeFolders(path.replace(/\/[^/]*$/, ""));
  }

  // Windows lets no folder take the place of another, and moves none in which a file is open.
  #moveFolder(from: string, to: string): Promise<void> {
    if (this.folders.has(fold(to))) return Promise.reject(new FileFailure(to, "the server gave no reason"));
    const held = [...this.held].find((path) => path.startsWith(`${fold(from)}/`));
    if (held !== undefined) return Promise.reject(new FileFailure(from, "a program holds it open"));
    this.#makeFolders(fold(to));
    for (const [path, file] of this.files) {
      if (path.startsWith(`${fold(from)}/`)) {
        this.put(`${to}${path.slice(from.length).replace(/[^/]*$/, file.name)}`, file.bytes.toString());
      }
    }
    this.#removeTree(from);
    return Promise.resolve();
  }

  #removeTree(folder: string): void {
    const isInside = (path: string): boolean => `${path}/`.startsWith(`${fold(folder)}/`);
    for (const path of this.files.keys()) if (isInside(path)) this.files.delete(path);
    for (const path of this.folders) if (isInside(path)) this.folders.delete(path);
  }

  #start(line: string): RunningProcess {
    this.lines.push(line);
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    stdout.end(
      line
        .split("&")
        .map((command) => this.#answer(command))
        .join(""),
    );
    stderr.end();
    const ended = new Promise<{ kind: "exited"; status: number }>((resolve) =>
      stdout.once("close", () => setImmediate(() => resolve({ kind: "exited", status: 0 }))),
    );
    return { stdin, stdout, stderr, ended, stop: () => undefined };
  }

  #answer(command: string): string {
    const [word = "", first = "", second = ""] = /^(\w+)(?:[^"]*"([^"]*)")?(?:[^"]*"([^"]*)")?/.exec(command)?.slice(1) ?? [];
    const file = this.files.get(fold(first));
    if (word === "echo") return `${command.slice(5)}\r\n`;
    if (command === "set OS") return "OS=Windows_NT\r\n";
    if (command === "set USERNAME") return "USERNAME=Jane Doe\r\n";
    if (word === "rd") this.#removeTree(first);
    if (word === "copy" && file !== undefined) this.put(second.replaceAll("\\", "/"), file.bytes.toString());
    if (word !== "certutil" || file === undefined) return "";
    return `SHA256-Hash von ${first}:\r\n${createHash("sha256").update(file.bytes).digest("hex")}\r\nCertUtil: fertig.\r\n`;
  }
}
