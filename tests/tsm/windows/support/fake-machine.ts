import { noCounts } from "../../../../provider/host/counts";
import { waits } from "../../../../provider/host/limits";
import { FileFailure } from "../../../../provider/host/windows/file-failure";
import type { FileBytes, FileStat, FolderEntry, WindowsFiles } from "../../../../provider/host/windows/files";
import { type LineOptions, WindowsMachine } from "../../../../provider/host/windows/machine";
import type { CommandResult } from "../../../../provider/host/windows/run-line";

const file: FileStat = { kind: "file", size: 0, writtenAt: 0 };
const folder: FileStat = { ...file, kind: "folder" };
const unused = (): Promise<never> => Promise.reject(new Error("tsm does not do that with a file"));

/** Files of a Windows machine in memory, by their paths with slashes, and what was done with them. */
export class FakeFiles implements WindowsFiles {
  readonly texts = new Map<string, string>();
  readonly folders = new Set<string>();
  readonly done: string[] = [];
  /** What the machine refuses, such as "write C:/x". */
  readonly refused = new Map<string, Error>();

  readonly lstat: WindowsFiles["lstat"] = unused;
  readonly read: WindowsFiles["read"] = unused;
  readonly hash: WindowsFiles["hash"] = unused;
  readonly replace: WindowsFiles["replace"] = unused;
  readonly removeFolder: WindowsFiles["removeFolder"] = unused;
  readonly freeBytes: WindowsFiles["freeBytes"] = unused;

  stat(path: string): Promise<FileStat | null> {
    const plain = path.replaceAll("\\", "/");
    return Promise.resolve(this.texts.has(plain) ? file : this.folders.has(plain) ? folder : null);
  }

  list(path: string): Promise<readonly FolderEntry[] | null> {
    const below = [...this.texts.keys(), ...this.folders].filter((one) => one.startsWith(`${path}/`));
    const names = new Set(below.map((one) => one.slice(path.length + 1).split("/")[0] ?? ""));
    return Promise.resolve(names.size === 0 ? null : [...names].map((name) => ({ ...file, name })));
  }

  async write(path: string, bytes: FileBytes): Promise<void> {
    await this.#do("write", path);
    if (!Buffer.isBuffer(bytes)) throw new Error("tsm's settings are written whole");
    this.texts.set(path, bytes.toString());
  }

  async remove(path: string): Promise<void> {
    await this.#do("remove", path);
    this.texts.delete(path.replaceAll("\\", "/"));
  }

  makeFolder(path: string): Promise<void> {
    return this.#do("makeFolder", path);
  }

  #do(what: string, path: string): Promise<void> {
    this.done.push(`${what} ${path}`);
    const refused = [...this.refused].find(([start]) => `${what} ${path}`.startsWith(start))?.[1];
    return refused === undefined ? Promise.resolve() : Promise.reject(refused);
  }
}

/** A machine that answers lines of cmd.exe from a function; it keeps what was run. */
export class FakeMachine extends WindowsMachine {
  override readonly files: FakeFiles;
  readonly lines: { readonly line: string; readonly input: string | undefined }[] = [];
  answer: (line: string) => Partial<CommandResult> & { readonly lines?: readonly string[] } = () => ({});

  constructor(variables: Readonly<Record<string, string>> = {}) {
    const files = new FakeFiles();
    super({
      node: "node1",
      files,
      start: () => Promise.reject(new Error("no process is started")),
      environment: { variables: new Map(Object.entries(variables)), ansiCodePage: undefined },
      counts: noCounts(),
      waits,
      signal: new AbortController().signal,
    });
    this.files = files;
  }

  override async run(line: string, { input, onLine }: LineOptions = {}): Promise<CommandResult> {
    if (!line.includes("icacls")) this.lines.push({ line, input: input?.reveal() });
    const { stdout = "", stderr = "", status = 0, lines = [] } = this.answer(line);
    for (const one of lines) onLine?.(one);
    return await Promise.resolve({ stdout, stderr, status });
  }
}

export const denied = (path: string): FileFailure => new FileFailure(path, "Permission denied");
