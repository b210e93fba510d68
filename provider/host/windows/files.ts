/** What a file or a folder of a Windows machine is. */
export interface FileStat {
  /** `other`: a link, a junction (where links are not followed), or anything else that is neither a file nor a folder. */
  readonly kind: "file" | "folder" | "other";
  readonly size: number;
  /** Last writing, in seconds by the machine's clock. It comes along when a file is copied or moved. */
  readonly writtenAt: number;
}

export interface FolderEntry extends FileStat {
  readonly name: string;
}

/** A file with more bytes is none of a connector or a driver. */
export const mostHashedBytes = 1024 ** 3;

/** Bytes to write: whole, or piece by piece as they come. */
export type FileBytes = Buffer | AsyncIterable<Buffer>;

/**
 * The files of a Windows machine. Paths begin with a drive letter; either slash will do. Access lists are left as the
 * folders give them.
 *
 * Every verb throws {@link FileFailure} where the machine says no, UnreadableAnswer where it says what cannot be, and
 * TableauError (host-connection-lost) where it says nothing any more.
 */
export interface WindowsFiles {
  /** null: there is nothing of that name. */
  stat(path: string): Promise<FileStat | null>;
  /** The same of the name itself: a link or a junction is not followed, and is `other`. */
  lstat(path: string): Promise<FileStat | null>;
  /** null: there is no such folder. Links are not followed. */
  list(folder: string): Promise<readonly FolderEntry[] | null>;
  /** null: there is no such file. At most `limit` bytes from its beginning. */
  read(path: string, limit: number): Promise<Buffer | null>;
  /** SHA-256 of a file, in hex, by its bytes; null: there is no such file, or it has more than {@link mostHashedBytes}. */
  hash(path: string): Promise<string | null>;
  /** Writes a file whole and has it put on disk; one of that name is overwritten. */
  write(path: string, bytes: FileBytes): Promise<void>;
  /**
   * Renames a file, in place of one of the new name if there is one. Old servers do that in two steps: who is cut in between
   * finds nothing under the new name, and the file still under the old one.
   */
  replace(from: string, to: string): Promise<void>;
  /** Removes a file; does nothing if there is none. */
  remove(path: string): Promise<void>;
  /** Removes an empty folder; does nothing if there is none. */
  removeFolder(path: string): Promise<void>;
  /** Makes a folder and those above it; does nothing if it is there. */
  makeFolder(path: string): Promise<void>;
  /** Free bytes for this user on the volume of a folder that exists; null: the machine does not tell. */
  freeBytes(folder: string): Promise<number | null>;
}
