import * as zlib from "node:zlib";
import { Inflater } from "../../provider/taco/zip/inflate";
import type { CentralEntry } from "../../provider/taco/zip/zip.types";

jest.mock("node:zlib", () => {
  const actual = jest.requireActual<typeof zlib>("node:zlib");
  return { ...actual, createInflateRaw: jest.fn(actual.createInflateRaw), inflateRawSync: jest.fn(actual.inflateRawSync) };
});

const { createInflateRaw } = jest.requireActual<typeof zlib>("node:zlib");
const mocked = jest.mocked(zlib.createInflateRaw);

beforeEach(() => {
  mocked.mockImplementation(createInflateRaw);
  jest.mocked(zlib.inflateRawSync).mockClear();
});

const size = 700_000;
const data = Buffer.from(Array.from({ length: size / 7 }, (_, index) => `${1_000_000 + index}`).join(""));
const packed = zlib.deflateRawSync(data);
const broken = Buffer.from(packed).fill(0xff, 5000, 5100);
const cases: readonly { readonly name: string; readonly packed: Buffer; readonly size: number }[] = [
  { name: "good", packed, size },
  { name: "of one full chunk", packed: zlib.deflateRawSync(data.subarray(0, 512 * 1024)), size: 512 * 1024 },
  { name: "stored without being packed", packed: zlib.deflateRawSync(data, { level: 0 }), size },
  { name: "broken in the middle", packed: broken, size },
  { name: "cut", packed: packed.subarray(0, -10), size },
  { name: "cut before its first byte", packed: packed.subarray(0, 0), size },
  { name: "followed by other bytes", packed: Buffer.concat([packed, Buffer.alloc(100, 7)]), size },
  { name: "followed by the same again", packed: Buffer.concat([packed, packed]), size },
  { name: "longer than declared", packed, size: size - 1 },
  { name: "much longer than declared", packed: zlib.deflateRawSync(Buffer.alloc(50_000_000)), size: 100_000 },
  { name: "shorter than declared", packed, size: size + 1 },
];

async function outcome(inflater: Inflater, one: (typeof cases)[number]) {
  const entry = { name: "a", size: one.size, compressedSize: one.packed.length } as CentralEntry;
  const seen: Buffer[] = [];
  const inflated = await inflater
    .inflate(one.packed, entry, (chunk) => seen.push(Buffer.from(chunk)))
    .catch((error: unknown) => (error as Error).message);
  const bytes = Buffer.concat(seen);
  expect(bytes.length).toBeLessThanOrEqual(one.size);
  // What was seen before an error depends on the size of the pieces, and nobody uses it.
  return typeof inflated === "string" ? { inflated } : { inflated, right: data.subarray(0, bytes.length).equals(bytes) };
}

describe("unpacking on this thread", () => {
  it.each(cases)("tells the same as the thread pool of an entry that is $name, also behind others", async (one) => {
    const [pool, here] = [new Inflater("in-pool"), new Inflater("here")];
    const [good] = cases;
    const expected = await outcome(pool, one);
    expect(await outcome(here, one)).toEqual(expected);
    expect(good && (await outcome(here, good))).toEqual({ inflated: { used: packed.length, size }, right: true });
    expect(await outcome(here, one)).toEqual(expected);
    pool.close();
    here.close();
  });

  it.each(cases)("does so without the internals of Node.js: an entry that is $name", async (one) => {
    const expected = await outcome(new Inflater("here"), one);
    mocked.mockImplementation((options) => Object.defineProperty(createInflateRaw(options), "_writeState", { value: undefined }));
    expect(await outcome(new Inflater("here"), one)).toEqual(expected);
    expect(zlib.inflateRawSync).toHaveBeenCalledTimes(1);
  });

  it("needs nothing but the internals of Node.js where they are", async () => {
    await outcome(new Inflater("here"), { name: "", packed, size });
    expect(zlib.inflateRawSync).not.toHaveBeenCalled();
  });

  it("unpacks a bomb no further than one chunk", async () => {
    const writeSync = jest.fn();
    mocked.mockImplementation((options) => {
      const stream = createInflateRaw(options) as zlib.InflateRaw & { _handle: { writeSync: (...values: unknown[]) => void } };
      const write = stream._handle.writeSync.bind(stream._handle);
      stream._handle.writeSync = writeSync.mockImplementation(write);
      return stream;
    });
    await outcome(new Inflater("here"), { name: "", packed: zlib.deflateRawSync(Buffer.alloc(50_000_000)), size: 100_000 });
    expect(writeSync).toHaveBeenCalledTimes(1);
  });
});
