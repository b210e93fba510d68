/** What Windows says of a file operation that fails, by the names of winerror.h. */
export type Win32Code =
  | "FILE_NOT_FOUND"
  | "PATH_NOT_FOUND"
  | "ACCESS_DENIED"
  | "SHARING_VIOLATION"
  | "ALREADY_EXISTS"
  | "INVALID_NAME"
  | "DIRECTORY"
  | "DIR_NOT_EMPTY"
  | "DISK_FULL"
  | "NOT_SUPPORTED";

/** The sentences of FormatMessage, as cmd.exe prints them. */
const win32Texts: Readonly<Record<Win32Code, string>> = {
  FILE_NOT_FOUND: "The system cannot find the file specified.",
  PATH_NOT_FOUND: "The system cannot find the path specified.",
  ACCESS_DENIED: "Access is denied.",
  SHARING_VIOLATION: "The process cannot access the file because it is being used by another process.",
  ALREADY_EXISTS: "Cannot create a file when that file already exists.",
  INVALID_NAME: "The filename, directory name, or volume label syntax is incorrect.",
  DIRECTORY: "The directory name is invalid.",
  DIR_NOT_EMPTY: "The directory is not empty.",
  DISK_FULL: "There is not enough space on the disk.",
  NOT_SUPPORTED: "The request is not supported.",
};

/** A file operation that Windows refuses. */
export class Win32Error extends Error {
  constructor(readonly code: Win32Code) {
    super(win32Texts[code]);
  }
}
