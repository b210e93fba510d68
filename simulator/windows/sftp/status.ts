import { Win32Error, type Win32Code } from "../files/win32-error";

export const ok = 0;
export const endOfFile = 1;
const noSuchFile = 2;
const permissionDenied = 3;
export const failure = 4;
const badMessage = 5;
export const unsupported = 8;

/**
 * The status by which Win32-OpenSSH tells a failure. A call of the C runtime (`crt`: unlink, rename, rmdir, mkdir) takes a
 * file that somebody has open for one that it may not touch; opening a file by `CreateFile` tells it as no known error.
 * https://github.com/PowerShell/openssh-portable: contrib/win32/win32compat/fileio.c, sftp-server.c (errno_to_portable)
 */
export function statusOf(error: unknown, by: "crt" | "createFile"): number {
  if (error instanceof RangeError) return badMessage;
  if (!(error instanceof Win32Error)) return failure;
  if (error.code === "SHARING_VIOLATION") return by === "crt" ? permissionDenied : failure;
  return statuses[error.code] ?? failure;
}

const statuses: Partial<Readonly<Record<Win32Code, number>>> = {
  FILE_NOT_FOUND: noSuchFile,
  PATH_NOT_FOUND: noSuchFile,
  INVALID_NAME: noSuchFile,
  ACCESS_DENIED: permissionDenied,
  NOT_SUPPORTED: failure,
};
