import { inflateRawSync } from "node:zlib";
import { simulatorError } from "../fail";
import type { ZipEntry } from "../zip-writer";

/**
 * Entries of a usual zip archive, in the order of its directory.
 *
 * @throws TableauError (simulator-failed) if it is none, or is encrypted or packed in another way than deflated.
 */
export function readZip(bytes: Buffer): ZipEntry[] {
  const end = bytes.lastIndexOf(Buffer.from("504b0506", "hex"));
  if (end < 0 || end + 22 > bytes.length) throw broken();
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) throw broken();
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.subarray(at + 46, at + 46 + nameLength).toString("utf8");
    entries.push({ name, bytes: content(bytes, at) });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

function content(bytes: Buffer, central: number): Buffer {
  const method = bytes.readUInt16LE(central + 10);
  const size = bytes.readUInt32LE(central + 20);
  const local = bytes.readUInt32LE(central + 42);
  if (local + 30 > bytes.length || (method !== 0 && method !== 8)) throw broken();
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const packed = bytes.subarray(start, start + size);
  return method === 0 ? Buffer.from(packed) : inflateRawSync(packed);
}

function broken(): Error {
  return simulatorError("The bytes are no zip archive that can be signed.", "Give the bytes of a .taco file.");
}
