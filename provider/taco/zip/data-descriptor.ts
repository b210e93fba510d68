import type { CentralEntry, ZipProblem } from "./zip.types";

const signature = 0x08074b50;

/** Checks what follows an entry's data up to the next one: a data descriptor if one is announced, and nothing else. */
export function checkTrailer(trailer: Buffer, entry: CentralEntry, announced: "descriptor" | "nothing"): ZipProblem[] {
  if (announced === "nothing") {
    return trailer.length === 0 ? [] : [gap(entry, trailer.length)];
  }
  const fits = matches(trailer, entry, "signed") || matches(trailer, entry, "plain");
  return fits
    ? []
    : [
        {
          code: "zip-descriptor",
          entry: entry.name,
          message: `${JSON.stringify(entry.name)} is not followed by its data descriptor alone.`,
        },
      ];
}

/**
 * APPNOTE 4.3.9: the signature is optional. Sizes of 8 bytes are for entries of 4 GiB, which are refused; JDKs do not agree on when else to
 * expect them.
 */
function matches(trailer: Buffer, entry: CentralEntry, form: "signed" | "plain"): boolean {
  const start = form === "signed" ? 4 : 0;
  return (
    trailer.length === start + 12 &&
    (form === "plain" || trailer.readUInt32LE(0) === signature) &&
    // A descriptor without a signature whose CRC looks like one is read as the other form.
    (form === "signed" || trailer.readUInt32LE(0) !== signature) &&
    trailer.readUInt32LE(start) === entry.crc &&
    trailer.readUInt32LE(start + 4) === entry.compressedSize &&
    trailer.readUInt32LE(start + 8) === entry.size
  );
}

function gap(entry: CentralEntry, length: number): ZipProblem {
  return { code: "zip-gap", entry: entry.name, message: `${length} bytes that belong to no entry follow ${JSON.stringify(entry.name)}.` };
}
