import type { CentralEntry, ZipDirectory, ZipProblem } from "./zip.types";

export interface Span {
  readonly entry: CentralEntry;
  /** Where the next entry, or the central directory, starts. */
  readonly end: number;
}

export interface Tiling {
  readonly spans: readonly Span[];
  readonly problems: readonly ZipProblem[];
}

const shortestLocalHeader = 30;

/** Orders entries by position. They must fill the file from its first byte up to the central directory: nothing can hide between them. */
export function tile(directory: ZipDirectory): Tiling {
  const ordered = [...directory.entries].sort((one, other) => one.localOffset - other.localOffset);
  const spans = ordered.map((entry, index) => ({ entry, end: ordered[index + 1]?.localOffset ?? directory.position }));
  const problems: ZipProblem[] = [];
  const first = ordered[0]?.localOffset ?? directory.position;
  if (first > 0) {
    problems.push({ code: "zip-prefix", message: `${first} bytes lie before the first entry.` });
  }
  for (const { entry, end } of spans) {
    const least = entry.localOffset + shortestLocalHeader + entry.rawName.length + entry.compressedSize;
    if (least > end) {
      problems.push({
        code: "zip-overlap",
        entry: entry.name,
        message: `${JSON.stringify(entry.name)} runs into what follows it.`,
      });
    }
    if (entry.zip64 === "needless") {
      const message = `${JSON.stringify(entry.name)} has a zip64 field that its header does not need.`;
      problems.push({ code: "zip64-contradiction", entry: entry.name, message });
    }
    if (entry.startDisk !== 0) {
      problems.push({ code: "zip-count", entry: entry.name, message: `${JSON.stringify(entry.name)} is said to lie on another disk.` });
    }
  }
  return { spans, problems };
}
