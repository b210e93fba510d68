import type { FileHandle } from "../files/file-handle";
import type { Located } from "../files/windows-files";
import { Win32Error } from "../files/win32-error";

/** A folder that is being listed: what is still to be told. */
export interface FolderHandle {
  readonly place: Located;
  readonly names: string[];
}

type Held = FileHandle | FolderHandle;

/** The handles of one SFTP session. */
export class SftpHandles {
  readonly #held = new Map<string, Held>();
  #next = 0;

  add(held: Held): Buffer {
    const id = Buffer.alloc(4);
    id.writeUInt32BE(this.#next++);
    this.#held.set(id.toString("hex"), held);
    return id;
  }

  file(id: Buffer): FileHandle {
    const held = this.#held.get(id.toString("hex"));
    if (held === undefined || "names" in held) throw new Win32Error("NOT_SUPPORTED");
    return held;
  }

  folder(id: Buffer): FolderHandle {
    const held = this.#held.get(id.toString("hex"));
    if (held === undefined || !("names" in held)) throw new Win32Error("NOT_SUPPORTED");
    return held;
  }

  close(id: Buffer): void {
    const held = this.#held.get(id.toString("hex"));
    if (held === undefined) throw new Win32Error("NOT_SUPPORTED");
    this.#held.delete(id.toString("hex"));
    if (!("names" in held)) held.close();
  }

  closeAll(): void {
    for (const held of this.#held.values()) if (!("names" in held)) held.close();
    this.#held.clear();
  }
}
