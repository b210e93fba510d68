import * as zlib from "node:zlib";
import type { ByteSource } from "../../../provider/taco/zip/byte-source";
import { readDirectory } from "../../../provider/taco/zip/central-directory";
import { consumeEntry } from "../../../provider/taco/zip/consume-entry";
import { zipLimits } from "../../../provider/taco/zip/limits";
import { openZip } from "../../../provider/taco/zip/open-zip";
import { ZipError } from "../../../provider/taco/zip/zip-error";
import { buildZip } from "../zip-builder";

jest.mock("node:zlib", () => {
  const actual = jest.requireActual<typeof zlib>("node:zlib");
  return {
    ...actual,
    inflateRawSync: jest.fn(actual.inflateRawSync),
    inflateRaw: jest.fn(actual.inflateRaw),
    createInflateRaw: jest.fn(actual.createInflateRaw),
  };
});

/** Counts the bytes that are read. */
function counting(bytes: Buffer): ByteSource & { read: ByteSource["read"]; total: number } {
  const source = {
    size: bytes.length,
    total: 0,
    read: (offset: number, length: number) => {
      source.total += length;
      return Promise.resolve(bytes.subarray(offset, offset + length));
    },
    close: () => Promise.resolve(),
  };
  return source;
}

const bomb = zlib.deflateRawSync(Buffer.alloc(50 * 1024 * 1024));

describe("hostile packages cost bounded work", () => {
  beforeEach(() => {
    jest.clearAllMocks();
  });

  const nothingInflated = (): void => {
    expect(zlib.inflateRawSync).not.toHaveBeenCalled();
    expect(zlib.inflateRaw).not.toHaveBeenCalled();
    expect(zlib.createInflateRaw).not.toHaveBeenCalled();
  };

  it("refuses a bomb by what it declares, before anything is unpacked", async () => {
    const zip = buildZip([{ name: "a", data: "" , packed: bomb, both: { size: 50 * 1024 * 1024 } }]);
    await expect(openZip(zip)).rejects.toMatchObject({ code: "zip-limit" });
    nothingInflated();
  }); // prettier-ignore

  it("refuses many small bombs by their sum", async () => {
    const size = 4_000_000;
    const packed = zlib.deflateRawSync(Buffer.alloc(size));
    const zip = buildZip(Array.from({ length: 50 }, (_, index) => ({ name: `${index}`, packed, both: { size } })));
    await expect(openZip(zip)).rejects.toMatchObject({ code: "zip-limit" });
    nothingInflated();
  });

  it("unpacks no more than a small bomb declares", async () => {
    const zip = await openZip(buildZip([{ name: "a", packed: bomb, both: { size: 100 } }]));
    const [span] = zip.spans;
    let seen = 0;
    await expect(span && consumeEntry(zip.source, span, (chunk) => (seen += chunk.length))).rejects.toThrow(ZipError);
    expect(seen).toBe(0);
    expect(zlib.inflateRawSync).toHaveBeenCalledWith(expect.anything(), { info: true, maxOutputLength: 100, chunkSize: 101 });
    expect(zlib.inflateRawSync).toHaveBeenCalledTimes(1);
  });

  it("stops a bomb after the first byte that is more than it declares", async () => {
    const zip = await openZip(buildZip([{ name: "a", packed: bomb, both: { size: 300_000 } }]));
    const [span] = zip.spans;
    let seen = 0;
    await expect(span && consumeEntry(zip.source, span, (chunk) => (seen += chunk.length))).rejects.toThrow(ZipError);
    expect(seen).toBe(0);
    const streams = (zlib.createInflateRaw as unknown as jest.Mock).mock.results.map(({ value }) => value as zlib.InflateRaw);
    // 50 MB of zeros are 51 kB packed.
    expect(streams.map(({ bytesWritten }) => bytesWritten).filter((packed) => packed > 1100)).toEqual([]);
    expect(streams).toHaveLength(1);
  });

  it("takes many packed bytes piece by piece, however few they say to be", async () => {
    const packed = zlib.deflateRawSync(Buffer.alloc(400_000, 7), { level: 0 });
    const zip = await openZip(buildZip([{ name: "a", packed, both: { size: 100 } }]));
    const [span] = zip.spans;
    await expect(span && consumeEntry(zip.source, span, () => undefined)).rejects.toThrow(ZipError);
    expect(zlib.createInflateRaw).toHaveBeenCalledTimes(1);
  });

  it("stops a large entry at the size that it declares", async () => {
    const declared = 9 * 1024 * 1024;
    const zip = await openZip(buildZip([{ name: "a", packed: bomb, both: { size: declared } }]));
    const [span] = zip.spans;
    let seen = 0;
    await expect(span && consumeEntry(zip.source, span, (chunk) => (seen += chunk.length))).rejects.toThrow(ZipError);
    expect(seen).toBeLessThanOrEqual(declared);
  });

  it("refuses 65,536 entries having read the directory alone, and only as many of its headers as are allowed", async () => {
    const zip = buildZip(
      Array.from({ length: 65_536 }, (_, index) => ({ name: `${index}` })),
      { count: 0xffff },
    );
    const source = counting(zip);
    await expect(readDirectory(source)).rejects.toMatchObject({
      code: "zip-limit",
      message: expect.stringContaining(`${zipLimits.entries} entries`),
    });
    expect(source.total).toBeLessThan(zip.readUInt32LE(zip.length - 22 + 12) + 70_000);
    nothingInflated();
  });

  it("refuses a directory that is too large without reading it", async () => {
    const zip = buildZip([{ name: "a" }], { directorySize: 0x7fffffff });
    const source = counting(Buffer.concat([Buffer.alloc(100), zip]));
    await expect(readDirectory({ ...source, size: source.size })).rejects.toThrow(ZipError);
    expect(source.total).toBeLessThan(1000);
  });

  it("takes linear time for a name that is all spaces", async () => {
    // With a quadratic expression this would take minutes, and the test runner's limit.
    const names = Array.from({ length: 100 }, (_, index) => ({ name: `${" ".repeat(60_000)}${index}` }));
    const { problems } = await openZip(buildZip(names));
    expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(["zip-unsafe-name"]));
    expect(problems).toHaveLength(100);
  });
});
