import { isWindowsDevice } from "../../vocabulary/windows-name";
import type { CentralEntry, ZipProblem } from "./zip.types";

/** In bytes, on most file systems: who unpacks a package with longer names gets a part of it. */
const longestSegment = 255;
const longestName = 1024;

/**
 * Names that different systems would unpack to different places, or to the same one: absolute, `..`, drives, streams,
 * control characters, and entries that are one file on Windows or macOS.
 */
export function checkNames(entries: readonly CentralEntry[]): ZipProblem[] {
  const problems: ZipProblem[] = [];
  const seen = new Map<string, string>();
  for (const entry of entries) {
    const reason = unsafe(entry.name);
    if (reason !== undefined) {
      problems.push({ code: "zip-unsafe-name", entry: entry.name, message: `${quote(entry.name)} ${reason}.` });
    }
    const key = samePlace(entry.name);
    const other = seen.get(key);
    if (other !== undefined) {
      problems.push({ code: "zip-duplicate-name", entry: entry.name, message: duplicate(entry.name, other) });
    }
    seen.set(key, entry.name);
  }
  return [...problems, ...filesWithFiles(seen)];
}

/** A file that is also the folder of another one: some readers unpack the first, others the second. */
function filesWithFiles(seen: ReadonlyMap<string, string>): ZipProblem[] {
  // With the separator as the lowest character, what lies in a folder follows it at once.
  const sorted = [...seen]
    .map(([key, name]) => [key.replaceAll("/", "\0"), name] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return sorted.flatMap(([key, name], index) => {
    const [next, inside = ""] = sorted[index + 1] ?? [];
    return !name.endsWith("/") && next?.startsWith(`${key}\0`) === true
      ? [{ code: "zip-duplicate-name" as const, entry: name, message: `${quote(name)} is a file, and the folder of ${quote(inside)}.` }]
      : [];
  });
}

function unsafe(name: string): string | undefined {
  if (name === "") {
    return "is an empty name";
  }
  if (/[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u.test(name)) {
    return "holds control characters, invisible ones, or ones that turn the direction of text";
  }
  if (/[\\:*?"<>|]/.test(name)) {
    return "holds a backslash, a colon or another character that Windows replaces";
  }
  if (name.startsWith("/")) {
    return "is an absolute path";
  }
  const segments = (name.endsWith("/") ? name.slice(0, -1) : name).split("/");
  // Windows drops dots and spaces at the end of a name, which leaves nothing of these.
  if (segments.some((segment) => trimEnd(segment) === "")) {
    return "has an empty, '.' or '..' segment, or another of dots and spaces alone";
  }
  if (Buffer.byteLength(name) > longestName || segments.some((segment) => Buffer.byteLength(segment) > longestSegment)) {
    return "is longer than file systems take";
  }
  if (segments.some(isWindowsDevice)) {
    return "has the name of a device of Windows";
  }
  return undefined;
}

/** The name under which Windows or macOS would store it: case, Unicode form, trailing dots and spaces do not tell files apart there. */
function samePlace(name: string): string {
  const path = name.endsWith("/") ? name.slice(0, -1) : name;
  return path.normalize("NFC").toUpperCase().toLowerCase().normalize("NFC").split("/").map(trimEnd).join("/");
}

/** Without dots and spaces at the end, in one pass: an expression would take quadratic time for a name of spaces. */
function trimEnd(segment: string): string {
  let end = segment.length;
  while (end > 0 && (segment[end - 1] === "." || segment[end - 1] === " ")) {
    end--;
  }
  return segment.slice(0, end);
}

function duplicate(name: string, other: string): string {
  return name === other
    ? `${quote(name)} is in the package twice.`
    : `${quote(name)} and ${quote(other)} are the same file on Windows or macOS.`;
}

function quote(name: string): string {
  return JSON.stringify(name);
}
