import { statfsSync, utimesSync, type Stats } from "node:fs";
import { join } from "node:path";
import { formatWindowsPath } from "../files/windows-path";
import type { WindowsFiles, Located } from "../files/windows-files";
import { attributesOf, readAttributes, type Attributes } from "./attributes";
import { openOf } from "./open-flags";
import { longNumber, number, string } from "./packet";
import type { PacketReader } from "./packet-reader";
import { plainRename, posixRename } from "./rename";
import type { SftpHandles } from "./sftp-handles";
import { endOfFile, failure, ok, unsupported } from "./status";

export interface SessionParts {
  readonly files: WindowsFiles;
  /** The login user's folder, where relative paths start. */
  readonly home: string;
  readonly handles: SftpHandles;
}

/** A status by its code, or another answer by its fields. */
export type SftpAnswer =
  | { readonly answerType: 101; readonly fields: number }
  | { readonly answerType: 102 | 103 | 104 | 105 | 201; readonly fields: readonly Buffer[] };

const status = (fields: number): SftpAnswer => ({ answerType: 101, fields });

type Request = (reader: PacketReader, parts: SessionParts) => SftpAnswer;

/** Does what a request asks for. @throws Win32Error for what Windows refuses. */
export function answerRequest(type: number, reader: PacketReader, parts: SessionParts): SftpAnswer {
  return requests[type]?.(reader, parts) ?? status(unsupported);
}

// By the numbers of draft-ietf-secsh-filexfer-02.
const requests: Readonly<Record<number, Request>> = {
  3: open,
  4: (reader, { handles }) => done(() => handles.close(reader.bytes())),
  5: read,
  6: write,
  7: (reader, parts) => attributes(parts.files.lstat(place(reader, parts))),
  8: (reader, { handles }) => attributes(handles.file(reader.bytes()).stat()),
  9: (reader, parts) => setAttributes(place(reader, parts), readAttributes(reader), parts),
  10: (reader, { handles }) => setHandleAttributes(handles.file(reader.bytes()), readAttributes(reader)),
  11: openFolder,
  12: readFolder,
  13: (reader, parts) => done(() => parts.files.remove(place(reader, parts))),
  14: (reader, parts) => done(() => parts.files.makeFolder(place(reader, parts))),
  15: (reader, parts) => done(() => parts.files.removeFolder(place(reader, parts))),
  16: realPath,
  17: (reader, parts) => attributes(parts.files.stat(place(reader, parts))),
  18: (reader, parts) => done(() => plainRename(parts.files, place(reader, parts), place(reader, parts))),
  200: extended,
};

function done(action: () => void): SftpAnswer {
  action();
  return status(ok);
}

function place(reader: PacketReader, { files, home }: SessionParts): Located {
  return files.locate(reader.text(), home);
}

function attributes(stats: Stats): SftpAnswer {
  return { answerType: 105, fields: [attributesOf(stats)] };
}

function open(reader: PacketReader, parts: SessionParts): SftpAnswer {
  const where = place(reader, parts);
  const { disposition, mode } = openOf(reader.number());
  return { answerType: 102, fields: [string(parts.handles.add(parts.files.openFile(where, disposition, mode)))] };
}

function read(reader: PacketReader, { handles }: SessionParts): SftpAnswer {
  const bytes = handles.file(reader.bytes()).read(reader.position(), reader.number());
  return bytes.length === 0 ? status(endOfFile) : { answerType: 103, fields: [string(bytes)] };
}

function write(reader: PacketReader, { handles }: SessionParts): SftpAnswer {
  const handle = handles.file(reader.bytes());
  return done(() => handle.write(reader.position(), reader.bytes()));
}

// A request for an owner is refused, as nothing of that kind is there.
function setAttributes(where: Located, { owner, mode, modified }: Attributes, { files }: SessionParts): SftpAnswer {
  files.stat(where);
  if (mode !== undefined) files.setReadOnly(where, (mode & 0o200) === 0 ? "on" : "off");
  if (modified !== undefined) utimesSync(where.real, modified, modified);
  return status(owner === undefined ? ok : failure);
}

function setHandleAttributes(handle: { truncate(size: number): void }, { owner, size }: Attributes): SftpAnswer {
  if (size !== undefined) handle.truncate(size);
  return status(owner === undefined ? ok : failure);
}

function openFolder(reader: PacketReader, { files, home, handles }: SessionParts): SftpAnswer {
  const where = files.locate(reader.text(), home);
  return { answerType: 102, fields: [string(handles.add({ place: where, names: [".", "..", ...files.list(where)] }))] };
}

function readFolder(reader: PacketReader, { files, handles }: SessionParts): SftpAnswer {
  const { place: folder, names } = handles.folder(reader.bytes());
  const some = names.splice(0, 100);
  if (some.length === 0) return status(endOfFile);
  const entries = some.flatMap((name) => {
    const real = name === ".." ? folder.real : join(folder.real, name);
    try {
      return [Buffer.concat([string(name), string(name), attributesOf(files.lstat({ path: folder.path, real }))])];
    } catch {
      return []; // it is gone since the folder was opened
    }
  });
  return { answerType: 104, fields: [number(entries.length), ...entries] };
}

function realPath(reader: PacketReader, { files, home }: SessionParts): SftpAnswer {
  const text = reader.text();
  const path = text === "/" ? "/" : `/${formatWindowsPath(files.locate(text, home).path).replaceAll("\\", "/")}`;
  return { answerType: 104, fields: [number(1), string(path), string(path), number(0)] };
}

function extended(reader: PacketReader, parts: SessionParts): SftpAnswer {
  const name = reader.text();
  if (name === "posix-rename@openssh.com") return done(() => posixRename(parts.files, place(reader, parts), place(reader, parts)));
  if (name === "fsync@openssh.com") return done(() => parts.handles.file(reader.bytes()).sync());
  return name === "statvfs@openssh.com" ? fileSystem(place(reader, parts), parts) : status(unsupported);
}

function fileSystem(where: Located, { files }: SessionParts): SftpAnswer {
  files.stat(where);
  const { bsize, blocks, bavail } = statfsSync(where.real);
  const room = files.limits.roomFor(`${[where.path.drive, ...where.path.parts].join("/")}/x`).bytes;
  const free = Math.min(bavail, Math.floor(room / bsize));
  const values = [bsize, bsize, blocks, free, free, 0, 0, 0, 0, 0, 259];
  return { answerType: 201, fields: values.map(longNumber) };
}
