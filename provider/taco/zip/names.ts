import type { CentralEntry, ZipProblem } from "./zip.types";

const unixHost = 3;
const macHost = 19;
const fileTypeMask = 0o170000;
const allowedTypes = new Set([0, 0o100000, 0o040000]);

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
    if (isSpecialFile(entry)) {
      problems.push({
        code: "zip-symlink",
        entry: entry.name,
        message: `${quote(entry.name)} is marked as a link or a device, not a file.`,
      });
    }
    const key = samePlace(entry.name);
    const other = seen.get(key);
    if (other !== undefined) {
      problems.push({ code: "zip-duplicate-name", entry: entry.name, message: duplicate(entry.name, other) });
    }
    seen.set(key, entry.name);
  }
  return problems;
}

function unsafe(name: string): string | undefined {
  if (name === "") {
    return "is an empty name";
  }
  if (/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/u.test(name)) {
    return "holds control characters, or ones that turn the direction of text";
  }
  if (name.includes("\\") || name.includes(":")) {
    return "holds a backslash or a colon";
  }
  if (name.startsWith("/")) {
    return "is an absolute path";
  }
  const segments = (name.endsWith("/") ? name.slice(0, -1) : name).split("/");
  if (segments.some((segment) => segment === ".." || segment === "." || segment === "")) {
    return "has an empty, '.' or '..' segment";
  }
  return undefined;
}

function isSpecialFile(entry: CentralEntry): boolean {
  const host = entry.versionMadeBy >>> 8;
  return (host === unixHost || host === macHost) && !allowedTypes.has((entry.externalAttributes >>> 16) & fileTypeMask);
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
