import { crc32, deflateRawSync } from "node:zlib";
import { endRecord } from "./zip/records";

export interface HeaderFields {
  readonly name?: Buffer;
  readonly flags?: number;
  readonly method?: number;
  readonly crc?: number;
  readonly compressedSize?: number;
  readonly size?: number;
  readonly extra?: Buffer;
  readonly versionNeeded?: number;
}

export interface EntrySpec {
  readonly name: string;
  readonly data?: string | Buffer;
  readonly method?: 0 | 8;
  /** What both headers say, where it is not the truth. */
  readonly both?: HeaderFields;
  readonly local?: HeaderFields;
  readonly central?: HeaderFields & {
    readonly offset?: number;
    readonly comment?: Buffer;
    readonly madeBy?: number;
    readonly attributes?: number;
    readonly disk?: number;
  };
  /** Bytes behind the data (a descriptor, or a gap). */
  readonly trailer?: Buffer;
  readonly packed?: Buffer;
  readonly hiddenFromDirectory?: true;
}

export interface EndFields {
  readonly prefix?: Buffer;
  readonly suffix?: Buffer;
  readonly comment?: Buffer;
  readonly count?: number;
  readonly directorySize?: number;
  readonly directoryOffset?: number;
  readonly beforeEnd?: Buffer;
  /** Offsets count from the start of the file (like tools that know of the prefix), not from behind the prefix. */
  readonly absoluteOffsets?: true;
}

/** Writes a zip, honest or as dishonest as the fields ask for. */
export function buildZip(specs: readonly EntrySpec[], end: EndFields = {}): Buffer {
  const prefix = end.prefix ?? Buffer.alloc(0);
  const base = end.absoluteOffsets === true ? prefix.length : 0;
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = base;
  for (const spec of specs) {
    const data = Buffer.from(spec.data ?? "");
    const method = spec.method ?? 8;
    const packed = spec.packed ?? (method === 8 ? deflateRawSync(data) : data);
    const name = Buffer.from(spec.name);
    // As Java says of every name, and others of those that need it.
    const flags = name.some((byte) => byte >= 0x80) ? 0x800 : 0;
    const truth = { name, flags, method, crc: crc32(data), compressedSize: packed.length, size: data.length };
    const local = Buffer.concat([localHeader({ ...truth, ...spec.both, ...spec.local }), packed, spec.trailer ?? Buffer.alloc(0)]);
    locals.push(local);
    if (spec.hiddenFromDirectory !== true) {
      centrals.push(centralHeader({ offset, ...truth, ...spec.both, ...spec.central }));
    }
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const record = endRecord({
    count: end.count ?? centrals.length,
    size: end.directorySize ?? directory.length,
    offset: end.directoryOffset ?? offset,
    commentLength: end.comment?.length ?? 0,
  });
  return Buffer.concat([
    prefix,
    ...locals,
    directory,
    end.beforeEnd ?? Buffer.alloc(0),
    record,
    end.comment ?? Buffer.alloc(0),
    end.suffix ?? Buffer.alloc(0),
  ]);
}

type Truth = Required<Omit<HeaderFields, "extra" | "versionNeeded">> & Pick<HeaderFields, "extra" | "versionNeeded">;

function localHeader(fields: Truth): Buffer {
  const extra = fields.extra ?? Buffer.alloc(0);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(fields.versionNeeded ?? 20, 4);
  writeCommon(header, 6, fields);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, fields.name, extra]);
}

function centralHeader(fields: Truth & NonNullable<EntrySpec["central"]> & { readonly offset: number }): Buffer {
  const extra = fields.extra ?? Buffer.alloc(0);
  const comment = fields.comment ?? Buffer.alloc(0);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(fields.madeBy ?? 20, 4);
  header.writeUInt16LE(fields.versionNeeded ?? 20, 6);
  writeCommon(header, 8, fields);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt16LE(comment.length, 32);
  header.writeUInt16LE(fields.disk ?? 0, 34);
  header.writeUInt32LE(fields.attributes ?? 0, 38);
  header.writeUInt32LE(fields.offset, 42);
  return Buffer.concat([header, fields.name, extra, comment]);
}

function writeCommon(header: Buffer, at: number, fields: Truth): void {
  header.writeUInt16LE(fields.flags, at);
  header.writeUInt16LE(fields.method, at + 2);
  header.writeUInt32LE(fields.crc, at + 8);
  header.writeUInt32LE(fields.compressedSize, at + 12);
  header.writeUInt32LE(fields.size, at + 16);
  header.writeUInt16LE(fields.name.length, at + 20);
}
