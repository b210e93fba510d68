import { Win32Error } from "./win32-error";

/** A full path: the drive ("C:") and what stands behind it. */
export interface WindowsPath {
  readonly drive: string;
  readonly parts: readonly string[];
}

const longest = 259; // MAX_PATH without its NUL: what programs get that do not ask for more, Win32-OpenSSH among them

/**
 * Reads a path as Win32 does: `\` and `/` are one, `.` and `..` go, dots and blanks at the end of a name are dropped. As
 * Win32-OpenSSH does, a slash before the drive is skipped.
 *
 * @param folder what a relative path starts from, such as `C:\Users\deploy`.
 * @throws Win32Error (INVALID_NAME, PATH_NOT_FOUND) for names that Windows does not take.
 * https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file
 */
export function parseWindowsPath(text: string, folder = "C:\\"): WindowsPath {
  const words = text.replaceAll("\\", "/").replace(/^\/+(?=[A-Za-z]:)/, "");
  const named = /^([A-Za-z]):(.*)$/s.exec(words);
  const base = named === null ? parseWindowsPath(folder) : { drive: `${named[1]?.toUpperCase() ?? ""}:`, parts: [] };
  const rest = named?.[2] ?? words;
  const parts = rest.startsWith("/") ? [] : [...base.parts];
  for (const part of rest.split("/")) take(parts, part);
  const path = { drive: base.drive, parts };
  if (formatWindowsPath(path).length > longest) throw new Win32Error("PATH_NOT_FOUND");
  return path;
}

/** `C:\Program Files\Tableau` */
export function formatWindowsPath({ drive, parts }: WindowsPath): string {
  return `${drive}\\${parts.join("\\")}`;
}

/** `C:/Program Files/Tableau`: how the simulator's reports name a file, and its own tree as well. */
export function slashPath({ drive, parts }: WindowsPath): string {
  return [drive, ...parts].join("/");
}

/** Two names are one file if this is equal. */
export function foldName(name: string): string {
  return name.toUpperCase();
}

function take(parts: string[], part: string): void {
  if (part === "" || part === ".") return;
  if (part === "..") return void parts.pop();
  const name = withoutDotsAtEnd(part);
  if (name === "" || !isName(name)) throw new Win32Error("INVALID_NAME");
  parts.push(name);
}

function withoutDotsAtEnd(part: string): string {
  let end = part.length;
  while (end > 0 && (part[end - 1] === "." || part[end - 1] === " ")) end -= 1;
  return part.slice(0, end);
}

// The names of devices are no names of files, whatever stands behind a dot. Real Windows opens the device: what is
// written there is lost, so that no program may rely on it.
const deviceName = /^(CON|PRN|AUX|NUL|COM[1-9¹²³]|LPT[1-9¹²³])\s*(\.|$)/i;

const forbidden = /[<>:"|?*\u0000-\u001f]/;

function isName(name: string): boolean {
  return name.length <= 255 && !forbidden.test(name) && !deviceName.test(name);
}
