import type { CentralEntry, ZipProblem } from "./zip.types";

/**
 * Systems whose attributes every reader takes for the same: MS-DOS, Unix, Windows (two numbers), VFAT, macOS. Of the others each has attributes
 * of its own in the same bits, and `unzip` makes links of some of them.
 */
const knownHosts: ReadonlySet<number> = new Set([0, 3, 10, 11, 14, 19]);
/** Upper half of the attributes: the mode of Unix, whatever system the entry is said to come from; that is how `unzip` reads it too. */
const mode = { type: 0o170000, file: 0o100000, directory: 0o040000, special: 0o7000 } as const;
/** Lower half: the attributes of DOS and Windows. A label of a volume is skipped by some readers; a reparse point is how Windows links. */
const dos = { label: 0x08, directory: 0x10, device: 0x40, reparsePoint: 0x400 } as const;

/** Whether every reader takes the entry for what its name says: a plain file, or a directory where the name ends in a slash. */
export function checkFileKind(entry: CentralEntry): ZipProblem[] {
  const problem = (code: "zip-symlink" | "zip-attributes", what: string): ZipProblem[] => [
    { code, entry: entry.name, message: `${JSON.stringify(entry.name)} ${what}.` },
  ];
  const { externalAttributes: attributes, versionMadeBy } = entry;
  const type = (attributes >>> 16) & mode.type;
  if ((type !== 0 && type !== mode.file && type !== mode.directory) || (attributes & (dos.device | dos.reparsePoint)) !== 0) {
    return problem("zip-symlink", "is marked as a link or a device, not a file");
  }
  if (!knownHosts.has(versionMadeBy >>> 8)) {
    return problem("zip-attributes", `is said to come from system ${versionMadeBy >>> 8}, whose file attributes readers do not agree on`);
  }
  if ((attributes & dos.label) !== 0) {
    return problem("zip-attributes", "is marked as the label of a volume, which some readers skip");
  }
  if (((attributes >>> 16) & mode.special) !== 0) {
    return problem("zip-attributes", "is marked to run with the rights of its owner or group");
  }
  const directory = type === mode.directory || (attributes & dos.directory) !== 0;
  const contradicts = entry.name.endsWith("/") ? type === mode.file : directory;
  return contradicts ? problem("zip-attributes", "is a directory by its name or by its attributes, but not by both") : [];
}
