import type { Attributes, FileEntry, SFTPWrapper } from "ssh2";

type Answer = (id: number, path: string, sftp: SFTPWrapper, at: number) => void;

/** What a Windows machine answers, where it is not true. */
export interface Machine {
  readonly list?: Answer;
  readonly stat?: Answer;
  readonly open?: Answer;
  readonly read?: Answer;
  /** What a line of cmd.exe prints. */
  readonly prints?: (line: string) => Iterable<string>;
}

const folder: Attributes = { mode: 0o40755, uid: 0, gid: 0, size: 0, atime: 1, mtime: 1 };
const file: Attributes = { ...folder, mode: 0o100644, size: 10 };
const entry = (filename: string, attrs: Attributes = file): FileEntry => ({ filename, longname: filename, attrs });
const [ok, end] = [0, 1];

const once = (...entries: readonly FileEntry[]): Answer => {
  return (id, _path, sftp, at) => (at === 0 ? sftp.name(id, [...entries]) : sftp.status(id, end));
};
const without = (many: number, of: (i: number) => FileEntry): Answer => {
  return (id, _path, sftp, at) =>
    at * 100 >= many
      ? sftp.status(id, end)
      : sftp.name(
          id,
          Array.from({ length: 100 }, (_, i) => of(at * 100 + i)),
        );
};
const digestOf = (i: number): string => i.toString(16).padStart(64, "0");
const sized =
  (size: number): Answer =>
  (id, _path, sftp) =>
    sftp.attrs(id, { ...file, size });
const piece = Buffer.alloc(32 * 1024, "a");
const full: Answer = (id, _path, sftp) => sftp.data(id, piece);

/** What a machine may answer, by what it tries. */
export const hostileMachines: Readonly<Record<string, Machine>> = {
  ...Object.fromEntries(
    ["../../x", "a/b", "a\\b", "x\0y", "x\ny", "y".repeat(251)].map((name) => [
      `a file called ${JSON.stringify(name).slice(0, 20)}`,
      { list: once(entry(`${name}.taco`)) },
    ]),
  ),
  "a file twice": { list: once(entry("a.taco"), entry("a.taco")) },
  "a listing without an end": { list: without(Infinity, (i) => entry(`${String(i)}.taco`)) },
  "a listing of long names without an end": { list: without(Infinity, (i) => entry(`${String(i).padEnd(250, "x")}.taco`)) },
  "a listing of nothing without an end": { list: (id, _path, sftp) => sftp.name(id, []) },
  "a listing that is a status": { list: (id, _path, sftp) => sftp.status(id, ok) },
  "a listing that is a file": { list: (id, _path, sftp) => sftp.attrs(id, file) },
  "a file that is a listing": { stat: (id, _path, sftp) => sftp.name(id, [entry("x")]) },
  "a handle that is a file": { open: (id, _path, sftp) => sftp.attrs(id, file) },
  "folders within folders without an end": { list: once(entry("x".repeat(200), folder)), stat: sized(10) },
  "20,000 connectors with a manifest of 256 kB": {
    list: without(20_000, (i) => entry(String(i), folder)),
    stat: sized(262_144),
    read: full,
  },
  "a store of 20,000 packages": { list: without(20_000, (i) => entry(digestOf(i))), stat: sized(4096), read: full },
  "a file of 2^53 bytes": { stat: sized(2 ** 53), read: full },
  "a file without an end": { stat: sized(2 ** 40), read: full },
  "a read of more than was asked for": { stat: sized(1000), read: full },
  "lines without an end": {
    *prints() {
      for (;;) yield "a line of a banner\r\n";
    },
  },
  "bytes without a line end": {
    *prints() {
      for (;;) yield "x".repeat(10_000);
    },
  },
  "3 MB of line ends": {
    *prints() {
      for (let i = 0; i < 300; i += 1) yield "\n".repeat(10_000);
    },
  },
  "a clock of a million digits": {
    *prints() {
      yield "clock ";
      for (let i = 0; i < 100; i += 1) yield "9".repeat(10_000);
      yield "\r\n";
    },
  },
};

/** Serves SFTP as such a machine does. */
export function serve(sftp: SFTPWrapper, machineNow: () => Machine): void {
  const paths: string[] = [];
  const turns = new Map<number, number>();
  const handle = (id: number, path: string): void => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(paths.push(path) - 1);
    sftp.handle(id, bytes);
  };
  const indexOf = (bytes: Buffer): number => (bytes.length === 4 ? bytes.readUInt32BE() : 0);
  const list: Answer = (...asked) => (machineNow().list ?? once())(...asked);
  const stat: Answer = (...asked) => (machineNow().stat ?? sized(10))(...asked);
  const short: Answer = (id, _path, _sftp, at) => (at === 0 ? sftp.data(id, Buffer.alloc(10)) : sftp.status(id, end));
  const read: Answer = (...asked) => (machineNow().read ?? short)(...asked);
  sftp.on("OPENDIR", (id, path) => handle(id, path));
  sftp.on("READDIR", (id, bytes) => {
    const index = indexOf(bytes);
    const at = turns.get(index) ?? 0;
    turns.set(index, at + 1);
    list(id, paths[index] ?? "", sftp, at);
  });
  sftp.on("OPEN", (id, path) => (machineNow().open ?? handle)(id, path, sftp, 0));
  sftp.on("READ", (id, bytes, offset) => read(id, paths[indexOf(bytes)] ?? "", sftp, offset));
  sftp.on("STAT", (id, path) => stat(id, path, sftp, 0));
  sftp.on("LSTAT", (id, path) => stat(id, path, sftp, 0));
  sftp.on("FSTAT", (id, bytes) => stat(id, paths[indexOf(bytes)] ?? "", sftp, 0));
  for (const request of ["CLOSE", "WRITE", "REMOVE", "MKDIR", "RMDIR", "EXTENDED"] as const) {
    sftp.on(request as "CLOSE", (id) => sftp.status(id, ok));
  }
}

/** Answers a line as cmd.exe of such a machine does. */
export function* printed(line: string, { prints }: Machine): Iterable<Buffer> {
  yield Buffer.from("pt-begin\r\n");
  if (line.includes("set OS")) yield Buffer.from("OS=Windows_NT\r\nUSERNAME=anna\r\n");
  else for (const text of prints?.(line) ?? []) yield Buffer.from(text);
}
