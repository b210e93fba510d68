import type { Stats } from "node:fs";
import { longNumber, number } from "./packet";
import type { PacketReader } from "./packet-reader";

/** What a client asks to set. */
export interface Attributes {
  readonly size?: number;
  readonly owner?: number;
  readonly mode?: number;
  readonly modified?: number;
}

const flag = { size: 1, owner: 2, mode: 4, times: 8 } as const;

export function readAttributes(reader: PacketReader): Attributes {
  const flags = reader.number();
  const has = (bit: number): boolean => (flags & bit) !== 0;
  const size = has(flag.size) ? { size: reader.position() } : {};
  const owner = has(flag.owner) ? { owner: reader.number(), group: reader.number() } : {};
  const mode = has(flag.mode) ? { mode: reader.number() } : {};
  const times = has(flag.times) ? { accessed: reader.number(), modified: reader.number() } : {};
  return { ...size, ...owner, ...mode, ...times };
}

/** What Win32-OpenSSH tells of a file: no owners, and modes that say no more than file or folder, and read-only. */
export function attributesOf(stats: Stats): Buffer {
  const mode = stats.isDirectory() ? 0o040777 : (stats.mode & 0o200) === 0 ? 0o100444 : 0o100666;
  const seconds = (milliseconds: number): Buffer => number(Math.floor(milliseconds / 1000));
  return Buffer.concat([
    number(flag.size | flag.owner | flag.mode | flag.times),
    longNumber(stats.isDirectory() ? 0 : stats.size),
    number(0),
    number(0),
    number(mode),
    seconds(stats.atimeMs),
    seconds(stats.mtimeMs),
  ]);
}
