/** A number as it stands in a zip: its lowest byte first. */
export function number(value: number | bigint, length: 2 | 4 | 8): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt.asIntN(64, BigInt(value)));
  return bytes.subarray(0, length);
}

export function extraField(tag: number, data: Buffer | readonly number[] = []): Buffer {
  const bytes = Buffer.from(data);
  return Buffer.concat([number(tag, 2), number(bytes.length, 2), bytes]);
}

/** A zip64 field of the numbers given, 8 bytes each. */
export function zip64Field(...values: readonly (number | bigint)[]): Buffer {
  return extraField(1, Buffer.concat(values.map((value) => number(value, 8))));
}

/** What an end record and a zip64 one tell. */
export interface End {
  readonly disk?: number;
  readonly startDisk?: number;
  readonly countOnDisk?: number;
  readonly count?: number;
  readonly size?: number;
  readonly offset?: number;
}

/** The end of central directory record, 22 bytes. */
export function endRecord({
  disk = 0,
  startDisk = 0,
  count = 0,
  countOnDisk = count,
  size = 0,
  offset = 0,
  commentLength = 0,
}: End & { readonly commentLength?: number }): Buffer {
  const disks = [number(disk, 2), number(startDisk, 2), number(countOnDisk, 2), number(count, 2)];
  return Buffer.concat([Buffer.from("PK\u0005\u0006"), ...disks, number(size, 4), number(offset, 4), number(commentLength, 2)]);
}

export interface Zip64End extends End {
  readonly recordSize?: number;
  readonly versionNeeded?: number;
}

/** The zip64 end of central directory record, 56 bytes. */
export function zip64Record(fields: Zip64End): Buffer {
  const { recordSize = 44, versionNeeded = 45, disk = 0, startDisk = 0, count = 0, countOnDisk = count, size = 0, offset = 0 } = fields;
  return Buffer.concat([
    Buffer.from("PK\u0006\u0006"),
    number(recordSize, 8),
    number(45, 2),
    number(versionNeeded, 2),
    number(disk, 4),
    number(startDisk, 4),
    ...[countOnDisk, count, size, offset].map((value) => number(value, 8)),
  ]);
}

export interface Locator {
  readonly disk?: number;
  readonly position?: number | bigint;
  readonly disks?: number;
}

/** What points to the zip64 record, 20 bytes, right before the end record. */
export function locator({ disk = 0, position = 0, disks = 1 }: Locator): Buffer {
  return Buffer.concat([Buffer.from("PK\u0006\u0007"), number(disk, 4), number(position, 8), number(disks, 4)]);
}
