/** Why a machine refused to do something with a file: in the words of a POSIX system, where that has any. */
export type FileReason =
  "No such file or directory" | "Permission denied" | "No space left on device" | "a program holds it open" | "the server gave no reason";

/** A machine refused to do something with a file. */
export class FileFailure extends Error {
  readonly path: string;
  readonly reason: FileReason;

  constructor(path: string, reason: FileReason, options?: { readonly cause?: unknown }) {
    super(`${path}: ${reason}`, options);
    this.path = path;
    this.reason = reason;
  }
}
