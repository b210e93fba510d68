import { setTimeout } from "node:timers/promises";
import { createInflateRaw, deflateRawSync } from "node:zlib";
import type * as zlib from "node:zlib";
import { inflate, inflateAtOnce } from "../../../provider/taco/zip/inflate";
import type { CentralEntry } from "../../../provider/taco/zip/zip.types";

jest.mock("node:zlib", () => {
  const actual = jest.requireActual<typeof zlib>("node:zlib");
  return { ...actual, createInflateRaw: jest.fn(actual.createInflateRaw) };
});

const size = 700_000;
const data = Buffer.from(Array.from({ length: size / 7 }, (_, index) => `${1_000_000 + index}`).join(""));
const packed = deflateRawSync(data);
const unpacked = deflateRawSync(data, { level: 0 });
const broken = Buffer.from(packed).fill(0xff, 5000, 5100);
const message = 'The zip cannot be read: the packed data of "a" is broken or longer than declared.';

interface Case {
  readonly name: string;
  readonly packed: Buffer;
  readonly size: number;
  /** Undefined: it cannot be read. */
  readonly outcome?: { readonly used: number; readonly size: number };
}

const cases: readonly Case[] = [
  { name: "good", packed, size, outcome: { used: packed.length, size } },
  { name: "empty", packed: deflateRawSync(""), size: 0, outcome: { used: 2, size: 0 } },
  { name: "stored without being packed", packed: unpacked, size, outcome: { used: unpacked.length, size } },
  { name: "broken in the middle", packed: broken, size },
  { name: "cut", packed: packed.subarray(0, -10), size },
  { name: "cut before its first byte", packed: packed.subarray(0, 0), size },
  { name: "followed by other bytes", packed: Buffer.concat([packed, Buffer.alloc(100, 7)]), size, outcome: { used: packed.length, size } },
  { name: "followed by the same again", packed: Buffer.concat([packed, packed]), size, outcome: { used: packed.length, size } },
  { name: "longer than declared", packed, size: size - 1 },
  { name: "much longer than declared", packed: deflateRawSync(Buffer.alloc(5_000_000)), size: 100_000 },
  { name: "shorter than declared", packed, size: size + 1, outcome: { used: packed.length, size } },
];

async function* inPieces(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield Promise.resolve(bytes.subarray(at, at + length));
}

const sizes = { "one piece": 64 * 1024 * 1024, "pieces of 4 kB": 4096, "pieces of 997 bytes": 997 };

describe.each(Object.entries(sizes))("unpacking from %s", (_, length) => {
  it.each(cases)("an entry that is $name", async (one) => {
    const entry = { name: "a", size: one.size, compressedSize: one.packed.length } as CentralEntry;
    const seen: Buffer[] = [];
    const inflated = inflate(inPieces(one.packed, length), entry, (chunk) => seen.push(chunk));
    if (one.outcome === undefined) {
      await expect(inflated).rejects.toMatchObject({ code: "zip-broken", message });
    } else {
      expect(await inflated).toEqual(one.outcome);
      expect(Buffer.concat(seen).equals(data.subarray(0, one.outcome.size))).toBe(true);
    }
    expect(Buffer.concat(seen).length).toBeLessThanOrEqual(one.size);
  });
});

describe("unpacking at once", () => {
  it.each(cases)("an entry that is $name", (one) => {
    const seen: Buffer[] = [];
    const inflated = (): unknown => inflateAtOnce(one.packed, { name: "a", size: one.size }, (chunk) => seen.push(chunk));
    if (one.outcome === undefined) {
      expect(inflated).toThrow(expect.objectContaining({ code: "zip-broken", message }) as Error);
      expect(seen).toEqual([]);
    } else {
      expect(inflated()).toEqual(one.outcome);
      expect(Buffer.concat(seen).equals(data.subarray(0, one.outcome.size))).toBe(true);
    }
  });

  it.each([
    [1, deflateRawSync(Buffer.alloc(2))],
    [0, deflateRawSync(Buffer.alloc(1))],
    [0, deflateRawSync(Buffer.alloc(5_000_000))],
  ])("refuses what is longer than the %d bytes that are declared", (declared, bytes) => {
    const sink = jest.fn();
    expect(() => inflateAtOnce(bytes, { name: "a", size: declared }, sink)).toThrow(message);
    expect(sink).not.toHaveBeenCalled();
  });

  it("leaves an error of whoever takes the bytes as it is", () => {
    const full = new Error("the disk is full");
    const sink = (): never => {
      throw full;
    };
    expect(() => inflateAtOnce(packed, { name: "a", size }, sink)).toThrow(full);
  });
});

it("unpacks a bomb no further than the byte that is one more than declared", async () => {
  const bomb = deflateRawSync(Buffer.alloc(5_000_000));
  const entry = { name: "a", size: 100, compressedSize: bomb.length } as CentralEntry;
  jest.mocked(createInflateRaw).mockClear();
  await expect(inflate(inPieces(bomb, bomb.length), entry, () => undefined)).rejects.toThrow(message);
  expect(jest.mocked(createInflateRaw).mock.calls).toEqual([[{ chunkSize: 101 }]]);
  const [stream] = jest.mocked(createInflateRaw).mock.results;
  // A kilobyte of input holds a megabyte of zeros.
  expect((stream?.value as zlib.InflateRaw).bytesWritten).toBeLessThan(100);
});

/** Pieces that know how many of them were taken, and whether nobody wants more. */
function counted(bytes: Buffer, length: number) {
  const seen = { taken: 0, closed: false };
  async function* pieces(): AsyncGenerator<Buffer> {
    try {
      for await (const piece of inPieces(bytes, length)) {
        seen.taken++;
        yield piece;
      }
    } finally {
      seen.closed = true;
    }
  }
  return { pieces: pieces(), seen };
}

const entryOf = (declared: number) => ({ name: "a", size: declared });

it("takes no more packed bytes than it can unpack at a time", async () => {
  const { pieces, seen } = counted(unpacked, 4096);
  const taken: number[] = [];
  await inflate(pieces, entryOf(size), () => taken.push(seen.taken));
  expect(taken[0]).toBeLessThan(20);
  expect(seen.taken).toBeGreaterThan(100);
});

it.each([
  ["what lies behind the data", Buffer.concat([packed, Buffer.alloc(5_000_000)]), size],
  ["what is more than declared", Buffer.concat([unpacked, Buffer.alloc(5_000_000)]), 1000],
])("does not go on taking %s", async (_, bytes, declared) => {
  const { pieces, seen } = counted(bytes, 4096);
  await inflate(pieces, entryOf(declared), () => undefined).catch(() => undefined);
  await setTimeout(20);
  expect(seen.closed).toBe(true);
  expect(seen.taken).toBeLessThan(500);
});

it("fails with the error of its source, and destroys the stream that unpacks", async () => {
  async function* failing(): AsyncGenerator<Buffer> {
    yield packed.subarray(0, 1000);
    throw new Error("the disk is gone");
  }
  jest.mocked(createInflateRaw).mockClear();
  await expect(inflate(failing(), entryOf(size), () => undefined)).rejects.toMatchObject({ cause: { message: "the disk is gone" } });
  const [stream] = jest.mocked(createInflateRaw).mock.results;
  expect((stream?.value as zlib.InflateRaw).destroyed).toBe(true);
});
