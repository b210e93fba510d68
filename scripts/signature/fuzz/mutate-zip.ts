import { mutateBytes } from "./mutate-bytes";
import type { Random } from "./random";

const signatures = [0x04034b50, 0x02014b50, 0x06054b50, 0x08074b50];
const values = [0, 1, 2, 8, 9, 0xff, 0x7fff, 0xffff];

/** Changes the structure of a zip in place: fields of its headers, whole headers, or any bytes. */
export function mutateZip(zip: Buffer, random: Random): Buffer {
  let mutant = Buffer.from(zip);
  for (let left = 1 + random.below(2); left > 0; left--) {
    mutant = Buffer.from(change(mutant, random));
  }
  return mutant;
}

function change(zip: Buffer, random: Random): Buffer {
  const headers = positions(zip);
  const header = headers.length === 0 ? 0 : random.pick(headers);
  const field = header + 4 + random.below(42);
  switch (random.below(8)) {
    case 0:
    case 1:
      return patch(zip, field, (buffer, at) => buffer.writeUInt16LE(random.pick(values), at));
    case 2:
      return patch(zip, field, (buffer, at) =>
        buffer.writeUInt16LE((buffer.readUInt16LE(at) + random.pick([1, 0xffff, 2, 0xfffe])) & 0xffff, at),
      );
    case 3:
      return patch(zip, field, (buffer, at) => (buffer[at] = (buffer[at] ?? 0) ^ (1 << random.below(8))));
    case 4: {
      const other = headers.length === 0 ? 0 : random.pick(headers);
      return Buffer.concat([zip.subarray(0, header), zip.subarray(other, other + 60), zip.subarray(header)]);
    }
    case 5:
      return zip.subarray(0, zip.length - random.below(30));
    case 6:
      return Buffer.concat(
        [random.bytes(random.below(20)), zip, random.bytes(random.below(20))].slice(random.below(2), 2 + random.below(2)),
      );
    default:
      return mutateBytes(zip, random);
  }
}

function positions(zip: Buffer): number[] {
  const found: number[] = [];
  for (let at = 0; at + 22 <= zip.length; at++) {
    if (zip[at] === 0x50 && zip[at + 1] === 0x4b && signatures.includes(zip.readUInt32LE(at))) {
      found.push(at);
    }
  }
  return found;
}

function patch(zip: Buffer, at: number, write: (buffer: Buffer, at: number) => void): Buffer {
  const copy = Buffer.from(zip);
  if (at + 2 <= copy.length) {
    write(copy, at);
  }
  return copy;
}
