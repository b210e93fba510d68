import { foldName } from "./windows-path";
import { Win32Error } from "./win32-error";

/** How much may still be written below a folder. */
export interface Room {
  bytes: number;
}

/** Folders that are protected or full. */
export class Limits {
  readonly #readOnly = new Set<string>();
  readonly #rooms = new Map<string, Room>();

  /** @param folder as `C:/folder` */
  protect(folder: string, setting: "on" | "off"): void {
    if (setting === "on") this.#readOnly.add(foldName(folder));
    else this.#readOnly.delete(foldName(folder));
  }

  /** Leaves room for so many bytes; undefined: as much as there is. */
  setRoom(folder: string, bytes: number | undefined): void {
    if (bytes === undefined) this.#rooms.delete(foldName(folder));
    else this.#rooms.set(foldName(folder), { bytes });
  }

  roomFor(path: string): Room {
    return [...this.#rooms].find(([folder]) => isBelow(path, folder))?.[1] ?? { bytes: Number.POSITIVE_INFINITY };
  }

  checkWritable(path: string): void {
    if ([...this.#readOnly].some((folder) => isBelow(path, folder))) throw new Win32Error("ACCESS_DENIED");
  }
}

function isBelow(path: string, foldedFolder: string): boolean {
  return foldName(path).startsWith(`${foldedFolder}/`);
}
