import type { CentralEntry, ZipProblem } from "./zip.types";

/** What unzip can unpack at most (4.6 with bzip2; 4.5 is zip64): it passes over an entry that asks for more. */
const newestVersion = 45;
/** How hard it was compressed, a data descriptor, a name in UTF-8. Every other flag asks for what Java does not do, or no reader. */
const knownFlags = 0x0002 | 0x0004 | 0x0008 | 0x0800;
const utf8Flag = 0x0800;
/** Of a central header with its name, extra fields and comment: newer JDKs refuse longer ones. */
const longestHeader = 0xffff;

/** What a header may ask of a reader. A package that only some of them can read is two packages. */
export function checkHeader(entry: CentralEntry): ZipProblem[] {
  const problems: ZipProblem[] = [];
  const add = (code: ZipProblem["code"], what: string): void => {
    problems.push({ code, entry: entry.name, message: `${JSON.stringify(entry.name)} ${what}.` });
  };
  if (isTooNew(entry.versionNeeded)) {
    add("zip-header", `asks for a reader of version ${entry.versionNeeded / 10}; some readers pass over it`);
  }
  if ((entry.flags & ~knownFlags) !== 0) {
    add("zip-header", `has the flags 0x${entry.flags.toString(16)}, some of which no common reader knows`);
  }
  if (46 + entry.rawName.length + entry.extra.length + entry.commentLength > longestHeader) {
    add("zip-header", "has a header of more than 65535 bytes");
  }
  if ((entry.flags & utf8Flag) === 0 && entry.rawName.some((byte) => byte >= 0x80)) {
    add("zip-name-encoding", "does not say that its name is UTF-8: other readers see another name");
  }
  if (entry.commentLength > 0) {
    add("zip-comment", `has a comment of ${entry.commentLength} bytes, which no signature covers`);
  }
  return problems;
}

/** The upper byte is the system that the entry needs; 0 on everything that a package is made with. */
export function isTooNew(versionNeeded: number): boolean {
  return versionNeeded > newestVersion;
}
