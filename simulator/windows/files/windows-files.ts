import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  type Stats,
} from "node:fs";
import { join } from "node:path";
import { FileHandle } from "./file-handle";
import { Limits } from "./limits";
import { OpenFiles, type OpenMode } from "./open-files";
import { foldName, parseWindowsPath, slashPath, type WindowsPath } from "./windows-path";
import { Win32Error } from "./win32-error";

/** What happens to a file that is there, and to one that is not: the dispositions of CreateFile. */
export type Disposition = "open-existing" | "truncate-existing" | "create-new" | "create-always" | "open-always";

export interface Located {
  readonly path: WindowsPath;
  /** Where it is, or would be, on this machine. */
  readonly real: string;
  /** The last name as it was asked for: the disk may have it in another case. */
  readonly wanted: string;
}

const wholeFile: OpenMode = { access: ["delete"], share: ["read", "write", "delete"] };

/** The drives of a Windows node: a folder for each, seen by the rules of NTFS as Win32 has them. */
export class WindowsFiles {
  readonly open = new OpenFiles();
  readonly limits = new Limits();

  /** `root` holds a folder for each drive, `C:` among them. */
  constructor(readonly root: string) {}

  /** Where a path is; names are found in whatever case, and the case that the disk has is told. */
  locate(text: string, folder?: string): Located {
    const path = parseWindowsPath(text, folder);
    const found = [path.drive];
    let real = join(this.root, path.drive);
    if (!existsSync(real)) throw new Win32Error("PATH_NOT_FOUND");
    for (const part of path.parts) {
      const name = nameIn(real, part) ?? part;
      found.push(name);
      real = join(real, name);
    }
    return { path: { drive: path.drive, parts: found.slice(1) }, real, wanted: path.parts.at(-1) ?? "" };
  }

  /** @throws Win32Error (FILE_NOT_FOUND, PATH_NOT_FOUND) */
  stat({ path, real }: Pick<Located, "path" | "real">): Stats {
    if (!existsSync(real)) throw new Win32Error(this.#parentExists(path, real) ? "FILE_NOT_FOUND" : "PATH_NOT_FOUND");
    return statSync(real);
  }

  /** The same of the name itself: a link is not followed. */
  lstat({ path, real }: Pick<Located, "path" | "real">): Stats {
    return lstatSync(real, { throwIfNoEntry: false }) ?? this.stat({ path, real });
  }

  list(place: Located): string[] {
    if (!this.stat(place).isDirectory()) throw new Win32Error("DIRECTORY");
    return readdirSync(place.real);
  }

  openFile(place: Located, disposition: Disposition, mode: OpenMode): FileHandle {
    const exists = existsSync(place.real);
    if (exists && statSync(place.real).isDirectory()) throw new Win32Error("ACCESS_DENIED");
    if (!exists && (disposition === "open-existing" || disposition === "truncate-existing")) this.stat(place);
    if (!this.#parentExists(place.path, place.real)) throw new Win32Error("PATH_NOT_FOUND");
    if (exists && disposition === "create-new") throw new Win32Error("ALREADY_EXISTS");
    if (mode.access.includes("write") || !exists) this.#checkWritable(place);
    const opened = this.open.add(place.real, mode);
    try {
      if (disposition !== "open-existing" || !exists) closeSync(openSync(place.real, disposition === "open-always" ? "a" : "w", 0o644));
      return new FileHandle(opened, mode.access.includes("write") ? "r+" : "r", this.open, this.limits.roomFor(slashPath(place.path)));
    } catch (error) {
      this.open.remove(opened);
      throw error;
    }
  }

  makeFolder(place: Located): void {
    if (existsSync(place.real)) throw new Win32Error("ALREADY_EXISTS");
    if (!this.#parentExists(place.path, place.real)) throw new Win32Error("PATH_NOT_FOUND");
    this.limits.checkWritable(slashPath(place.path));
    mkdirSync(place.real, 0o755);
  }

  removeFolder(place: Located): void {
    if (this.list(place).length > 0) throw new Win32Error("DIR_NOT_EMPTY");
    this.limits.checkWritable(slashPath(place.path));
    rmdirSync(place.real);
  }

  remove(place: Located): void {
    if (this.stat(place).isDirectory()) throw new Win32Error("ACCESS_DENIED");
    this.#checkWritable(place);
    this.open.check(place.real, wholeFile);
    rmSync(place.real);
  }

  /** MoveFile: a target that is there refuses it, but for a mere change of case. */
  move(from: Located, to: Located): void {
    const target = join(to.real, "..", to.wanted);
    this.stat(from);
    if (existsSync(to.real) && to.real !== from.real) throw new Win32Error("ALREADY_EXISTS");
    if (!this.#parentExists(to.path, to.real)) throw new Win32Error("PATH_NOT_FOUND");
    for (const place of [from, to]) this.limits.checkWritable(slashPath(place.path));
    this.open.check(from.real, wholeFile);
    if (this.open.hasBelow(from.real)) throw new Win32Error("ACCESS_DENIED");
    renameSync(from.real, target);
    this.open.renamed(from.real, target);
  }

  /** All that `_wchmod` knows is the attribute "read-only": set where the owner may not write. Access lists stay as the folder gave them. */
  setReadOnly({ real }: Located, setting: "on" | "off"): void {
    const mode = statSync(real).mode & 0o777;
    chmodSync(real, setting === "on" ? mode & ~0o222 : mode | 0o200);
  }

  #checkWritable(place: Located): void {
    this.limits.checkWritable(slashPath(place.path));
    if (existsSync(place.real) && (statSync(place.real).mode & 0o200) === 0) throw new Win32Error("ACCESS_DENIED");
  }

  #parentExists({ parts }: WindowsPath, real: string): boolean {
    const parent = join(real, "..");
    return parts.length === 0 || (existsSync(parent) && statSync(parent).isDirectory());
  }
}

function nameIn(folder: string, name: string): string | undefined {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return undefined;
  const names = readdirSync(folder);
  return names.includes(name) ? name : names.find((one) => foldName(one) === foldName(name));
}
