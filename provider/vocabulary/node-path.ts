import { trimEnd } from "./trim-end";

/**
 * Paths on nodes, of Linux and of Windows alike. A path tells itself which it is: one that begins with a drive letter is of
 * Windows. This package writes those with forward slashes, as Tableau's own keys want them, and Windows takes them everywhere:
 * https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
 */
const drive = /^[A-Za-z]:/;

/** A path without a slash at its end; on Windows with forward slashes and a capital drive letter. `/` and `C:/` stay. */
export function normalPath(path: string): string {
  if (!isWindowsPath(path)) return path.length > 1 ? trimEnd(path, "/") || "/" : path;
  const rest = path.slice(2).replace(/[\\/]+/g, "/");
  return `${path.slice(0, 2).toUpperCase()}${rest.length > 1 ? rest.replace(/\/$/, "") : rest}`;
}

/** A path without its last part and the slashes before it, of either kind; a path without a slash stays. */
export function withoutLastPart(path: string): string {
  const slash = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return slash < 0 ? path : trimEnd(path.slice(0, slash), "/\\");
}

/** Whether two paths name the same place: Windows tells neither capitals from small letters nor its two slashes apart. */
export function samePath(left: string, right: string): boolean {
  return left === right || foldPath(left) === foldPath(right);
}

/** A text that two paths share if and only if they name the same place. */
export function foldPath(path: string): string {
  return foldName(path, normalPath(path));
}

/** A text that two names in a directory share if and only if they are one file. */
export function foldName(directory: string, name: string): string {
  // Not toLowerCase: Windows folds upwards, letter by letter, so that "ß" and "ss" stay two names.
  return isWindowsPath(directory) ? name.replace(/./gu, upper) : name;
}

export function isWindowsPath(path: string): boolean {
  return drive.test(path);
}

/** Whether a path begins at a root: `/opt`, `C:\Tableau` or `C:/Tableau`. */
export function isAbsolutePath(path: string): boolean {
  return path.startsWith("/") || /^[A-Za-z]:[\\/]/.test(path);
}

function upper(letter: string): string {
  const folded = letter.toUpperCase();
  return folded.length === letter.length ? folded : letter;
}
