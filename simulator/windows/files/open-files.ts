import { Win32Error } from "./win32-error";

export type Access = "read" | "write" | "delete";

/** What one opening of a file wants to do, and what it lets others do meanwhile. */
export interface OpenMode {
  readonly access: readonly Access[];
  readonly share: readonly Access[];
}

export interface OpenFile extends OpenMode {
  /** Where the file is on this machine. */
  real: string;
}

/** Which files of a node are open, and how: Windows refuses what an opening does not share. */
export class OpenFiles {
  readonly #open = new Set<OpenFile>();

  /** @throws Win32Error (SHARING_VIOLATION) if somebody has the file open in a way that does not go together with this. */
  add(real: string, mode: OpenMode): OpenFile {
    this.check(real, mode);
    const file = { real, ...mode };
    this.#open.add(file);
    return file;
  }

  check(real: string, { access, share }: OpenMode): void {
    const refused = [...this.#open].some(
      (other) =>
        other.real === real && (access.some((one) => !other.share.includes(one)) || other.access.some((one) => !share.includes(one))),
    );
    if (refused) throw new Win32Error("SHARING_VIOLATION");
  }

  remove(file: OpenFile): void {
    this.#open.delete(file);
  }

  has(real: string): boolean {
    return [...this.#open].some((other) => other.real === real);
  }

  /** A folder cannot be renamed or removed while something below it is open. */
  hasBelow(real: string): boolean {
    return [...this.#open].some((other) => other.real.startsWith(`${real}/`));
  }

  /** The file was renamed; who has it open goes on having it. */
  renamed(from: string, to: string): void {
    for (const file of this.#open) if (file.real === from) file.real = to;
  }
}
