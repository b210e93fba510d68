/** One file of an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A zip archive with the entries in their order, uncompressed and without times, so that the same entries give the same bytes. */
export function writeZip(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name, "utf8");
    const common = commonHeader(entry.bytes, name.length);
    const local = Buffer.concat([Buffer.from("504b0304", "hex"), common, name, entry.bytes]);
    directory.push(centralHeader(common, name, offset));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  return Buffer.concat([...locals, central, endOfDirectory(entries.length, central.length, offset)]);
}

// The fields that a local and a central header share (APPNOTE 4.3.7 and 4.3.12): version needed to file name length and extra length.
function commonHeader(bytes: Buffer, nameLength: number): Buffer {
  const header = Buffer.alloc(26);
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(0x0800, 2); // names are UTF-8
  header.writeUInt16LE(0, 4); // stored
  header.writeUInt16LE(0, 6);
  header.writeUInt16LE(0x21, 8); // 1 January 1980, the first day there is
  header.writeUInt32LE(crc32(bytes), 10);
  header.writeUInt32LE(bytes.length, 14);
  header.writeUInt32LE(bytes.length, 18);
  header.writeUInt16LE(nameLength, 22);
  return header;
}

function centralHeader(common: Buffer, name: Buffer, offset: number): Buffer {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  return Buffer.concat([Buffer.from("504b01021400", "hex"), common, rest, name]);
}

function endOfDirectory(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}

// node:zlib has crc32 only from 20.15.
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
