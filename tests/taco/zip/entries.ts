import type { CentralEntry, ZipProblem } from "../../../provider/taco/zip/zip.types";

/** An entry of the central directory that nothing is wrong with, but for the fields given. */
export function entryOf(fields: Partial<CentralEntry> = {}): CentralEntry {
  const name = fields.name ?? "a";
  return {
    name,
    rawName: Buffer.from(name),
    flags: 0,
    method: 8,
    crc: 0x11223344,
    compressedSize: 7,
    size: 5,
    localOffset: 0,
    versionMadeBy: 20,
    versionNeeded: 20,
    extra: Buffer.alloc(0),
    commentLength: 0,
    externalAttributes: 0,
    startDisk: 0,
    zip64: "fitting",
    ...fields,
  };
}

/** What each problem is, and the entry that it is about. */
export function told(problems: readonly ZipProblem[]): string[] {
  return problems.map(({ code, entry }) => (entry === undefined ? code : `${code} ${entry}`));
}
