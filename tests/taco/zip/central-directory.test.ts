import { readDirectory } from "../../../provider/taco/zip/central-directory";
import { buildZip } from "../zip-builder";
import type { EndFields, EntrySpec } from "../zip-builder";
import { told } from "./entries";
import { endRecord, extraField, locator, number, zip64Field, zip64Record } from "./records";
import type { Zip64End } from "./records";
import { watched } from "./sources";

const full = 0xffffffff;
const largest = Number.MAX_SAFE_INTEGER;
const readBytes = (...parts: readonly Buffer[]) => readDirectory(watched(Buffer.concat(parts)));
const read = (specs: readonly EntrySpec[], end?: EndFields) => readBytes(buildZip(specs, end));
const broken = (message: RegExp) => ({ code: "zip-broken", message: expect.stringMatching(message) });

it("reads each field of a header", async () => {
  const header = { name: Buffer.from("d/\u00e9.js"), flags: 0x0806, method: 8, crc: 0x80112233, compressedSize: 34, size: 56, versionNeeded: 21 };
  const extra = extraField(0x5455, [1, 2]);
  const { entries, position } = await read([
    { name: "first", packed: Buffer.alloc(3) },
    { name: "second", central: { ...header, extra, comment: Buffer.from("abc"), madeBy: 0x0314, attributes: 0x81a40020, disk: 2 } },
  ]);
  expect(entries).toHaveLength(2);
  expect(entries[1]).toEqual({
    name: "d/\u00e9.js",
    rawName: header.name,
    flags: 0x0806,
    method: 8,
    crc: 0x80112233,
    compressedSize: 34,
    size: 56,
    localOffset: 30 + 5 + 3,
    versionMadeBy: 0x0314,
    versionNeeded: 21,
    extra,
    commentLength: 3,
    externalAttributes: 0x81a40020,
    startDisk: 2,
    zip64: "fitting",
  });
  expect(position).toBe(30 + 5 + 3 + 30 + 6 + 2);
}); // prettier-ignore

it("counts offsets from behind what lies before the package", async () => {
  const { entries, position } = await read([{ name: "a", packed: Buffer.alloc(9) }, { name: "b" }], { prefix: Buffer.alloc(1000) });
  expect(entries.map(({ localOffset }) => localOffset)).toEqual([1000, 1040]);
  expect(position).toBe(1000 + 40 + 30 + 1 + 2);
});

it.each<[string, readonly Buffer[], readonly string[]]>([
  ["nothing", [endRecord({})], []],
  ["nothing, whatever is said of a directory", [endRecord({ size: 9, offset: 9 })], []],
  ["nothing, but a count", [endRecord({ count: 1 })], ["zip-count"]],
  ["nothing, but a comment", [endRecord({ commentLength: 1 }), Buffer.alloc(1)], ["zip-comment"]],
  ["nothing, but a comment and a count", [endRecord({ count: 2, commentLength: 1 }), Buffer.alloc(1)], ["zip-comment", "zip-count"]],
])("reads a file of %s", async (_, parts, problems) => {
  const directory = await readBytes(...parts);
  expect(directory).toMatchObject({ position: 0, entries: [] });
  expect(told(directory.end.problems)).toEqual(problems);
});

/** A header of 46 bytes: an entry without a name, without data. */
const shortest = buildZip([{ name: "", packed: Buffer.alloc(0) }]).subarray(30, 76);
const many = (count: number): Buffer => Buffer.alloc(46 * count, shortest);

describe("the place of the directory", () => {
  it.each<[string, readonly Buffer[]]>([
    ["at the first byte", [shortest, endRecord({ count: 1, size: 46 })]],
    ["behind other bytes", [Buffer.alloc(10), shortest, endRecord({ count: 1, size: 46, offset: 10 })]],
    ["behind a prefix", [Buffer.alloc(10), shortest, endRecord({ count: 1, size: 46, offset: 9 })]],
  ])("is read %s", async (_, parts) => {
    const { entries, end } = await readBytes(...parts);
    expect(entries).toHaveLength(1);
    expect(end.problems).toEqual([]);
  });

  it("may be of no entry, behind other bytes", async () => {
    expect(await readBytes(Buffer.alloc(10), endRecord({ offset: 10 }))).toMatchObject({
      position: 10,
      entries: [],
      end: { problems: [] },
    });
  });

  it.each<[string, readonly Buffer[]]>([
    ["that starts before the file", [shortest, endRecord({ count: 1, size: 47 })]],
    ["whose first entry would start before the file", [Buffer.alloc(10), shortest, endRecord({ count: 1, size: 46, offset: 11 })]],
  ])("is refused for one %s", async (_, parts) => {
    await expect(readBytes(...parts)).rejects.toMatchObject(broken(/outside the file/));
  });

  const wide = (fields: Zip64End, count: number, size: number, offset = 0): readonly Buffer[] => [
    shortest,
    zip64Record({ count: 1, size: 46, ...fields }),
    locator({ position: 46 }),
    endRecord({ count, size, offset }),
  ];
  it.each<[string, readonly Buffer[], RegExp]>([
    ["negative size", wide({ size: -1, offset: 47 }, 1, full, 47), /outside the file/],
    ["negative count", wide({ count: -1 }, 0xffff, 46), /more entries/],
    ["negative offset", wide({ size: 100, offset: -100 }, 1, full, full), /outside the file/],
    ["huge size", wide({ size: largest }, 1, full), /outside the file/],
  ])("is refused for a %s in the zip64 record", async (_, parts, message) => {
    await expect(readBytes(...parts)).rejects.toMatchObject(broken(message));
  });
});

describe("the count of entries", () => {
  it.each([
    ["as many as there are", 1, []],
    ["too few", 0, ["zip-count"]],
    ["as many as short headers would be", 2, ["zip-count"]],
  ])("may be %s, which is told", async (_, count, problems) => {
    const { entries, end } = await read([{ name: "n".repeat(46) }], { count });
    expect(entries).toHaveLength(1);
    expect(told(end.problems)).toEqual(problems);
  });

  it("is refused where the directory has no room for so many", async () => {
    await expect(read([{ name: "n".repeat(45) }], { count: 2 })).rejects.toMatchObject(broken(/more entries/));
  });

  it("is told beside what is wrong with the end record", async () => {
    const { end } = await read([{ name: "a" }], { count: 0, suffix: Buffer.alloc(1) });
    expect(told(end.problems)).toEqual(["zip-suffix", "zip-count"]);
  });
});

describe("bounds", () => {
  const most = 16 * 1024 * 1024;
  it("hold for the bytes of the directory, of which none is read where they are too many", async () => {
    const bytes = Buffer.alloc(most + 1 + 22);
    const source = watched(bytes);
    endRecord({ size: most, offset: 1 }).copy(bytes, most + 1);
    await expect(readDirectory(source)).rejects.toMatchObject({ code: "zip-broken" });
    expect(source.reads).toContainEqual([1, most]);
    endRecord({ size: most + 1 }).copy(bytes, most + 1);
    source.reads.length = 0;
    await expect(readDirectory(source)).rejects.toMatchObject({ code: "zip-limit" });
    expect(Math.max(...source.reads.map(([, length]) => length))).toBeLessThan(70_000);
  });

  it("hold for the number of entries", async () => {
    const of = (count: number) => readBytes(many(count), endRecord({ count, size: 46 * count }));
    expect((await of(10_000)).entries).toHaveLength(10_000);
    await expect(of(10_001)).rejects.toMatchObject({ code: "zip-limit" });
  });
});

describe("headers", () => {
  it.each([1, 45])("are refused with %i bytes behind the last one", async (length) => {
    const end = endRecord({ count: 1, size: 46 + length });
    await expect(readBytes(shortest, Buffer.alloc(length), end)).rejects.toMatchObject(broken(/left over/));
  });

  it.each<[string, number]>([
    ["name", 28],
    ["extra field", 30],
    ["comment", 32],
  ])("are refused where the %s is longer than what is left", async (_, at) => {
    const header = Buffer.concat([shortest, Buffer.alloc(46)]);
    const end = endRecord({ count: 1, size: header.length });
    header.writeUInt16LE(47, at);
    await expect(readBytes(header, end)).rejects.toMatchObject(broken(/longer than the directory/));
    header.writeUInt16LE(46, at);
    expect((await readBytes(header, end)).entries).toHaveLength(1);
  });

  it("are counted where one of them is too long", async () => {
    const header = many(2);
    header.writeUInt16LE(1, 46 + 28);
    await expect(readBytes(header, endRecord({ count: 2, size: 92 }))).rejects.toMatchObject(broken(/header of entry 2 /));
  });

  it("are refused without their signature", async () => {
    await expect(readBytes(Buffer.alloc(46), endRecord({ count: 1, size: 46 }))).rejects.toMatchObject(broken(/signature/));
  });

  it.each([0, 8])("may have method %i", async (method) => {
    expect((await read([{ name: "a", both: { method } }])).entries[0]?.method).toBe(method);
  });

  it.each([1, 7, 9, 12, 0xffff])("are refused with method %i", async (method) => {
    await expect(read([{ name: "a", both: { method } }])).rejects.toMatchObject(broken(new RegExp(`method ${method};`)));
  });

  it.each([1, 3, 0xffff])("are refused with flags of %i, which say that the entry is encrypted", async (flags) => {
    await expect(read([{ name: "a", both: { flags } }])).rejects.toMatchObject(broken(/encrypted/));
  });

  it.each([2, 0xfffe])("are read with flags of %i", async (flags) => {
    expect((await read([{ name: "a", both: { flags } }])).entries[0]?.flags).toBe(flags);
  });

  it.each([
    ["name", { name: Buffer.from([0x61, 0xff]) }],
    ["comment", { comment: Buffer.from([0xc3]) }],
  ])("are refused with a %s that is not UTF-8", async (what, central) => {
    await expect(read([{ name: "a", central }])).rejects.toMatchObject({
      ...broken(new RegExp(`a ${what} that is not UTF-8`)),
      cause: expect.anything(),
    });
  });

  it("keep a byte order mark, which is a part of the name", async () => {
    expect((await read([{ name: "\ufeffa" }])).entries[0]?.name).toBe("\ufeffa");
  });
});

describe("extra fields", () => {
  it.each([0, 1, 3])("may be followed by %i bytes here", async (length) => {
    const extra = Buffer.concat([extraField(0xcafe), Buffer.alloc(length)]);
    expect((await read([{ name: "a", central: { extra } }])).entries[0]?.extra).toEqual(extra);
  });

  it.each([1, 2, 3, 4])("are refused where the last one has %i bytes less than it says", async (missing) => {
    const extra = extraField(0x5455, [1, 2, 3, 4]).subarray(0, 8 - missing);
    await expect(read([{ name: "a", central: { extra } }])).rejects.toMatchObject(broken(/extra field/));
  });
});

describe("zip64", () => {
  interface Numbers {
    readonly size?: number;
    readonly compressedSize?: number;
    readonly offset?: number;
  }
  const readOne = async (central: Numbers, extra: Buffer) => {
    const { entries } = await read([{ name: "a", central: { size: 5, compressedSize: 7, offset: 0, ...central, extra } }]);
    return entries[0];
  };
  const bothFull = { size: full, compressedSize: full };
  const allFull = { ...bothFull, offset: full };

  it.each<[string, Numbers, Buffer, readonly [number, number, number, "fitting" | "needless"]]>([
    ["both sizes", bothFull, zip64Field(50, 70), [50, 70, 0, "fitting"]],
    ["the offset", { offset: full }, zip64Field(90), [5, 7, 90, "fitting"]],
    ["all three", allFull, zip64Field(50, 70, 90), [50, 70, 90, "fitting"]],
    ["the least numbers", allFull, zip64Field(0, 0, 0), [0, 0, 0, "fitting"]],
    ["the greatest numbers", allFull, zip64Field(largest, largest, 1), [largest, largest, 1, "fitting"]],
    ["the numbers of a zip64 field behind another field", bothFull, Buffer.concat([extraField(0xcafe), zip64Field(50, 70)]), [50, 70, 0, "fitting"]],
    ["the size alone", { size: full }, zip64Field(50), [50, 7, 0, "needless"]],
    ["the packed size alone", { compressedSize: full }, zip64Field(70), [5, 70, 0, "needless"]],
    ["the size and the offset", { size: full, offset: full }, zip64Field(50, 90), [50, 7, 90, "needless"]],
    ["nothing, in 8 bytes", {}, zip64Field(50), [5, 7, 0, "needless"]],
    ["both sizes, in more bytes", bothFull, zip64Field(50, 70, 90), [50, 70, 0, "needless"]],
    ["all three and a disk", allFull, extraField(1, Buffer.concat([50, 70, 90].map((one) => number(one, 8)).concat(number(0, 4)))), [50, 70, 90, "needless"]],
    ["nothing, in no bytes", {}, extraField(1), [5, 7, 0, "fitting"]],
    ["an offset that stands nowhere", { offset: full }, extraField(1), [5, 7, full, "fitting"]],
    ["largest numbers without a field", allFull, Buffer.alloc(0), [full, full, full, "fitting"]],
    ["a field too much behind one that fits", bothFull, Buffer.concat([zip64Field(50, 70), zip64Field(1)]), [50, 70, 0, "needless"]],
    ["a field too much before one that fits", { offset: full }, Buffer.concat([zip64Field(90, 1), extraField(1)]), [5, 7, 90, "needless"]],
    ["a field too much before one that takes the same number again", { offset: full }, Buffer.concat([zip64Field(full, 1), zip64Field(90)]), [5, 7, 90, "needless"]],
    ["another field of this length", {}, extraField(0x5455, [0, 0, 0, 0, 0, 0, 0, 0]), [5, 7, 0, "fitting"]],
  ])("gives %s", async (_, central, extra, [size, compressedSize, localOffset, zip64]) => {
    expect(await readOne(central, extra)).toMatchObject({ size, compressedSize, localOffset, zip64 });
  }); // prettier-ignore

  it.each<[string, Numbers, Buffer]>([
    ["no bytes for the size", { size: full }, extraField(1)],
    ["no bytes for the packed size", { compressedSize: full }, extraField(1)],
    ...[1, 4, 7, 9, 12, 20, 25, 32].map((length): [string, Numbers, Buffer] => [
      `${length} bytes`,
      {},
      extraField(1, Buffer.alloc(length)),
    ]),
    ["room for one of both sizes", bothFull, zip64Field(50)],
    ["room for two of three numbers", allFull, zip64Field(50, 70)],
    ["a negative size", bothFull, zip64Field(-1, 70)],
    ["a negative packed size", bothFull, zip64Field(50, -1)],
    ["a negative offset", { offset: full }, zip64Field(-1)],
    ["a number that is too large", bothFull, zip64Field(50, largest + 1)],
  ])("is refused with %s", async (_, central, extra) => {
    await expect(readOne(central, extra)).rejects.toMatchObject(broken(/zip64 field/));
  });
});
