import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync, type Stats } from "node:fs";
import type { Room } from "./limits";
import type { OpenFile, OpenFiles } from "./open-files";
import { Win32Error } from "./win32-error";

/** An open file of a node. */
export class FileHandle {
  readonly #descriptor: number;
  readonly #opened: OpenFile;
  readonly #all: OpenFiles;
  readonly #room: Room;

  constructor(opened: OpenFile, flags: "r" | "r+", all: OpenFiles, room: Room) {
    this.#descriptor = openSync(opened.real, flags);
    this.#opened = opened;
    this.#all = all;
    this.#room = room;
  }

  stat(): Stats {
    return fstatSync(this.#descriptor);
  }

  /** Fewer bytes than asked for at the end of the file, none behind it. */
  read(position: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(this.#descriptor, bytes, 0, length, position));
  }

  /** @throws Win32Error (DISK_FULL) */
  write(position: number, bytes: Buffer): void {
    const more = Math.max(0, position + bytes.length - this.stat().size);
    if (more > this.#room.bytes) throw new Win32Error("DISK_FULL");
    this.#room.bytes -= more;
    writeSync(this.#descriptor, bytes, 0, bytes.length, position);
  }

  truncate(size: number): void {
    ftruncateSync(this.#descriptor, size);
  }

  sync(): void {
    fsyncSync(this.#descriptor);
  }

  close(): void {
    this.#all.remove(this.#opened);
    closeSync(this.#descriptor);
  }
}
