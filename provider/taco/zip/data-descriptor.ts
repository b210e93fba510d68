import type { CentralEntry, ZipProblem } from "./zip.types";

const signature = 0x08074b50;

/** Checks what follows an entry's data up to the next one: a data descriptor if one is announced, and nothing else. */
export function checkTrailer(trailer: Buffer, entry: CentralEntry, announced: "descriptor" | "nothing"): ZipProblem[] {
  if (announced === "nothing") {
    return trailer.length === 0 ? [] : [gap(entry, trailer.length)];
  }
  const fits = layouts.some((layout) => matches(trailer, entry, layout));
  return fits
    ? []
    : [{ code: "zip-gap", entry: entry.name, message: `${JSON.stringify(entry.name)} is not followed by its data descriptor alone.` }];
}

interface Layout {
  readonly signed: boolean;
  readonly wide: boolean;
}

/** APPNOTE 4.3.9: the signature is optional, the sizes have 4 bytes, or 8 in zip64. */
const layouts: readonly Layout[] = [
  { signed: true, wide: false },
  { signed: false, wide: false },
  { signed: true, wide: true },
  { signed: false, wide: true },
];

function matches(trailer: Buffer, entry: CentralEntry, layout: Layout): boolean {
  const start = layout.signed ? 4 : 0;
  if (trailer.length !== start + (layout.wide ? 20 : 12) || (layout.signed && trailer.readUInt32LE(0) !== signature)) {
    return false;
  }
  const compressedSize = layout.wide ? Number(trailer.readBigUInt64LE(start + 4)) : trailer.readUInt32LE(start + 4);
  const size = layout.wide ? Number(trailer.readBigUInt64LE(start + 12)) : trailer.readUInt32LE(start + 8);
  return trailer.readUInt32LE(start) === entry.crc && compressedSize === entry.compressedSize && size === entry.size;
}

function gap(entry: CentralEntry, length: number): ZipProblem {
  return { code: "zip-gap", entry: entry.name, message: `${length} bytes that belong to no entry follow ${JSON.stringify(entry.name)}.` };
}
