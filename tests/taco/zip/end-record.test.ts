import { readEndRecord } from "../../../provider/taco/zip/end-record";
import { told } from "./entries";
import { endRecord, locator, number, zip64Record } from "./records";
import type { End, Locator, Zip64End } from "./records";
import { watched } from "./sources";

const central = number(0x02014b50, 4);
const local = number(0x04034b50, 4);

const read = (...parts: readonly Buffer[]) => readEndRecord(watched(Buffer.concat(parts)));

it("reads what the record says", async () => {
  const end = await read(Buffer.alloc(500), endRecord({ count: 3, size: 200, offset: 300 }));
  expect(end).toEqual({ position: 500, entryCount: 3, directorySize: 200, directoryOffset: 300, problems: [] });
});

it("takes the last of two records", async () => {
  expect(await read(endRecord({ count: 1 }), endRecord({ count: 2 }))).toMatchObject({ position: 22, entryCount: 2 });
});

it.each<[string, readonly Buffer[]]>([
  ["nothing", []],
  ["half a record", [endRecord({}).subarray(0, 21)]],
  ["no signature", [Buffer.alloc(100)]],
  ["another first byte", [Buffer.from([0x51]), endRecord({}).subarray(1)]],
  ["another last byte of the signature", [Buffer.from("PK\u0005\u0007"), endRecord({}).subarray(4)]],
  ["a comment that is longer than announced", [endRecord({ commentLength: 2 }), Buffer.alloc(3)]],
  ["a comment that is shorter than announced", [endRecord({ commentLength: 2 }), Buffer.alloc(1)]],
  ["a record too far from the end", [endRecord({ commentLength: 0xffff }), Buffer.alloc(0x10000)]],
])("%s is no zip", async (_, parts) => {
  await expect(read(...parts)).rejects.toMatchObject({ code: "not-a-zip" });
});

it.each([1, 300, 0xffff])("finds the record before a comment of %i bytes", async (length) => {
  const end = await read(Buffer.alloc(70_000), endRecord({ commentLength: length }), Buffer.alloc(length));
  expect(end.position).toBe(70_000);
  expect(told(end.problems)).toEqual(["zip-comment"]);
});

it("does not read more of a large file than a record can lie in", async () => {
  const source = watched(Buffer.concat([Buffer.alloc(200_000), endRecord({})]));
  await readEndRecord(source);
  expect(source.reads).toEqual([[200_022 - 65_557, 65_557], [200_000 - 20, 20]]); // prettier-ignore
});

describe("a record whose comment does not fill the file", () => {
  const suffix = Buffer.alloc(3);

  it.each<[string, readonly Buffer[], End]>([
    ["at the start", [local, central], { size: 4, offset: 4 }],
    ["behind a prefix", [Buffer.alloc(10), local, central], { size: 4, offset: 4 }],
    ["far apart", [local, Buffer.alloc(50), central, Buffer.alloc(60)], { size: 64, offset: 54 }],
  ])("counts where it leads to headers %s", async (_, parts, fields) => {
    const end = await read(...parts, endRecord(fields), suffix);
    expect(end).toMatchObject({ position: Buffer.concat(parts).length, directorySize: fields.size, directoryOffset: fields.offset });
    expect(told(end.problems)).toEqual(["zip-suffix"]);
  });

  it.each<[string, readonly Buffer[], End]>([
    ["before the file", [local, central], { size: 9, offset: 4 }],
    ["at entries before the file", [local, central], { size: 4, offset: 5 }],
    ["at no central header", [local, local], { size: 4, offset: 4 }],
    ["at no local header", [central, central], { size: 4, offset: 4 }],
    ["at itself", [local, central], {}],
  ])("does not count where it leads %s", async (_, parts, fields) => {
    await expect(read(...parts, endRecord(fields), suffix)).rejects.toMatchObject({ code: "not-a-zip" });
  });

  it("gives way to an earlier one whose comment fills the file", async () => {
    const comment = Buffer.concat([endRecord({ count: 9 }), suffix]);
    const end = await read(endRecord({ count: 1, commentLength: comment.length }), comment);
    expect(end).toMatchObject({ position: 0, entryCount: 1 });
    expect(told(end.problems)).toEqual(["zip-comment", "zip-suffix"]);
  });
});

it.each<[string, End]>([
  ["another disk", { disk: 1 }],
  ["a directory on another disk", { startDisk: 1 }],
  ["fewer entries on this disk", { countOnDisk: 1, count: 2 }],
  ["more entries on this disk", { countOnDisk: 2, count: 1 }],
])("does not believe in %s", async (_, fields) => {
  expect(told((await read(endRecord(fields))).problems)).toEqual(["zip-count"]);
});

it.each([
  ["a local header", local],
  ["a central header", central],
  ["an end record", endRecord({}).subarray(0, 4)],
])("refuses a comment that starts like %s", async (_, mark) => {
  const end = await read(Buffer.alloc(7), endRecord({ commentLength: 4 }), mark);
  expect(told(end.problems)).toEqual(["zip-comment", "zip-suffix"]);
});

describe("zip64", () => {
  const entries = Buffer.alloc(100);
  interface Fields {
    readonly wide?: Zip64End;
    readonly locator?: Locator;
    readonly end?: End;
    readonly gap?: number;
  }
  const truth = { count: 2, size: 60, offset: 40 };
  const readWide = ({ wide, locator: pointer, end, gap = 0 }: Fields) =>
    read(
      entries,
      zip64Record({ ...truth, ...wide }),
      Buffer.alloc(gap),
      locator({ position: entries.length, ...pointer }),
      endRecord({ ...truth, ...end }),
    );

  it.each<[string, Fields]>([
    ["says the same", {}],
    ["says what the end record has no room for", { end: { count: 0xffff, size: 0xffffffff, offset: 0xffffffff } }],
    ["is for old readers", { wide: { versionNeeded: 10 } }],
  ])("counts where it %s", async (_, fields) => {
    expect(await readWide(fields)).toEqual({ position: 100, entryCount: 2, directorySize: 60, directoryOffset: 40, problems: [] });
  });

  it.each<[string, Fields, object]>([
    ["a count", { wide: { count: 70_000 }, end: { count: 0xffff } }, { entryCount: 70_000 }],
    ["a size", { wide: { size: 2 ** 33 }, end: { size: 0xffffffff } }, { directorySize: 2 ** 33 }],
    ["an offset", { wide: { offset: 2 ** 34 }, end: { offset: 0xffffffff } }, { directoryOffset: 2 ** 34 }],
    ["a negative size, which is judged later", { wide: { size: -1 }, end: { size: 0xffffffff } }, { directorySize: -1 }],
  ])("gives %s that the end record has no room for", async (_, fields, expected) => {
    expect(await readWide(fields)).toMatchObject({ position: 100, problems: [], ...expected });
  });

  it.each<[string, Fields]>([
    ["count", { wide: { count: 3 } }],
    ["size", { wide: { size: 61 } }],
    ["offset", { wide: { offset: 41 } }],
    ["count where the end record gives another largest number", { wide: { count: 3 }, end: { count: 0xfffe } }],
  ])("is not followed where it gives another %s", async (_, fields) => {
    const end = await readWide(fields);
    expect(end).toMatchObject({ position: 176, entryCount: fields.end?.count ?? 2, directorySize: 60, directoryOffset: 40 });
    expect(told(end.problems)).toEqual(["zip64-contradiction"]);
    expect(end.problems[0]?.message).toMatch(/different numbers/);
  });

  it.each<[string, Fields]>([
    ["is longer", { wide: { recordSize: 45 } }],
    ["is shorter", { wide: { recordSize: 43 } }],
    ["is followed by a byte", { gap: 1 }],
    ["is for newer readers", { wide: { versionNeeded: 46 } }],
    ["lies on another disk", { wide: { disk: 1 } }],
    ["has a directory on another disk", { wide: { startDisk: 1 } }],
    ["counts other entries on this disk", { wide: { countOnDisk: 1 } }],
    ["is looked for on another disk", { locator: { disk: 1 } }],
    ["is of two disks", { locator: { disks: 2 } }],
    ["is of no disk", { locator: { disks: 0 } }],
  ])("is followed, but refused, where it %s", async (_, fields) => {
    const end = await readWide(fields);
    expect(end).toMatchObject({ position: 100, entryCount: 2, directorySize: 60, directoryOffset: 40 });
    expect(told(end.problems)).toEqual(["zip64-contradiction"]);
  });

  it("keeps what else is wrong", async () => {
    const pointer = locator({ position: 0 });
    const ends = [endRecord({ commentLength: 1 }), Buffer.alloc(1)];
    expect(told((await read(zip64Record({ disk: 1 }), pointer, ...ends)).problems)).toEqual(["zip-comment", "zip64-contradiction"]);
    expect(told((await read(zip64Record({}), pointer, ...ends)).problems)).toEqual(["zip-comment"]);
    expect(told((await read(zip64Record({ count: 1 }), pointer, ...ends)).problems)).toEqual(["zip-comment", "zip64-contradiction"]);
  });

  it.each<[string, number | bigint, RegExp]>([
    ["elsewhere", 1, /no zip64 end record/],
    ["at the last place where one could be", 198 - 56, /no zip64 end record/],
    ["one byte behind that", 198 - 55, /outside the file/],
    ["far behind the file", 0xffff_ffff_ffff_ffffn, /outside the file/],
  ])("is not followed where its locator points %s", async (_, position, message) => {
    const end = await readWide({ locator: { position } });
    expect(end).toMatchObject({ position: 176, entryCount: 2 });
    expect(told(end.problems)).toEqual(["zip64-contradiction"]);
    expect(end.problems[0]?.message).toMatch(message);
  });

  it("is looked for as soon as its locator has room", async () => {
    expect((await read(locator({}).subarray(1), endRecord({}))).problems).toEqual([]);
    expect(told((await read(locator({}), endRecord({}))).problems)).toEqual(["zip64-contradiction"]);
    expect((await read(Buffer.alloc(20), endRecord({}))).problems).toEqual([]);
  });
});
