import { compareHeaders, hasDescriptor, parseLocalHeader } from "../../../provider/taco/zip/local-header";
import type { LocalHeader } from "../../../provider/taco/zip/local-header";
import { ZipError } from "../../../provider/taco/zip/zip-error";
import type { CentralEntry } from "../../../provider/taco/zip/zip.types";
import { entryOf, told } from "./entries";
import { extraField, number, zip64Field } from "./records";

const descriptor = 0x0008;
const full = 0xffffffff;
const entry = entryOf({ name: "a.js", crc: 0x11223344, compressedSize: 7, size: 5 });

describe("parsing", () => {
  const header = Buffer.concat([
    number(0x04034b50, 4),
    ...[0x0102, 0x0304, 0x0506, 0, 0].map((value) => number(value, 2)),
    ...[0x0708090a, 0x0b0c0d0e, 0xff101112].map((value) => number(value, 4)),
    ...[0x1314, 0x1516].map((value) => number(value, 2)),
  ]);

  it("reads each field", () => {
    expect(parseLocalHeader(header, entry)).toEqual({
      versionNeeded: 0x0102,
      flags: 0x0304,
      method: 0x0506,
      crc: 0x0708090a,
      compressedSize: 0x0b0c0d0e,
      size: 0xff101112,
      nameLength: 0x1314,
      extraLength: 0x1516,
    });
  });

  it.each([
    ["too short", header.subarray(0, 29)],
    ["empty", Buffer.alloc(0)],
    ["another record", Buffer.concat([number(0x04034b51, 4), header.subarray(4)])],
  ])("refuses what is %s", (_, bytes) => {
    expect(() => parseLocalHeader(bytes, entry)).toThrow(ZipError);
  });
});

interface Given extends Partial<LocalHeader> {
  readonly name?: string;
  readonly extra?: Buffer;
}

function headerOf({ name = entry.name, extra = Buffer.alloc(0), ...fields }: Given): readonly [LocalHeader, Buffer] {
  const { versionNeeded, flags, method, crc, compressedSize, size } = entry;
  const lengths = { nameLength: Buffer.byteLength(name), extraLength: extra.length };
  return [{ versionNeeded, flags, method, crc, compressedSize, size, ...lengths, ...fields }, Buffer.concat([Buffer.from(name), extra])];
}

const compare = (local: Given, central: Partial<CentralEntry> = {}) => compareHeaders(...headerOf(local), { ...entry, ...central });
const deferred = { flags: descriptor, crc: 0, compressedSize: 0, size: 0 };

it.each([
  [0, false],
  [descriptor, true],
  [0xffff, true],
  [0xffff & ~descriptor, false],
])("flags of %i announce a descriptor: %s", (flags, expected) => {
  expect(hasDescriptor(headerOf({ flags })[0])).toBe(expected);
});

it.each<[string, Given, Partial<CentralEntry>]>([
  ["say the same", {}, {}],
  ["leave the numbers to a descriptor", deferred, { flags: descriptor }],
  ["have a descriptor that says the same again", { flags: descriptor }, { flags: descriptor }],
  ["are of an empty file", { crc: 0, compressedSize: 0, size: 0 }, { crc: 0, compressedSize: 0, size: 0 }],
  ["are of a stored file", { method: 0 }, { method: 0 }],
  ["are for readers of version 4.5", { versionNeeded: 45 }, { versionNeeded: 45 }],
  ["are for readers of two versions, both of which everybody has", { versionNeeded: 10 }, { versionNeeded: 20 }],
  ["have sizes in a zip64 field", { size: full, compressedSize: full, extra: zip64Field(5, 7) }, {}],
  ["have an extra field that is known", { extra: extraField(0xcafe) }, {}],
])("is content with two headers that %s", (_, local, central) => {
  expect(compare(local, central)).toEqual([]);
});

it.each<[string, Given, Partial<CentralEntry>, string]>([
  ["another name", { name: "b.js" }, {}, "another name in"],
  ["a shorter name", { name: "a.j" }, {}, "another name in"],
  ["a longer name", { name: "a.js ", nameLength: 5 }, {}, "another name in"],
  ["another method", { method: 0 }, {}, "another compression method in"],
  ["other flags", { flags: 2 }, {}, "another flags in"],
  ["a descriptor that the directory does not know", { flags: descriptor }, {}, "another flags in"],
  ["another CRC", { crc: 1 }, {}, "another CRC in"],
  ["no CRC", { crc: 0 }, {}, "another CRC in"],
  ["another size", { size: 6 }, {}, "another size in"],
  ["another packed size", { compressedSize: 6 }, {}, "another size in"],
  ["no numbers, and no descriptor", { crc: 0, size: 0, compressedSize: 0 }, {}, "another CRC, size in"],
  ["no CRC alone before a descriptor", { flags: descriptor, crc: 0 }, { flags: descriptor }, "another CRC in"],
  ["no size alone before a descriptor", { flags: descriptor, size: 0 }, { flags: descriptor }, "another size in"],
  ["no packed size alone before a descriptor", { flags: descriptor, compressedSize: 0 }, { flags: descriptor }, "another size in"],
  ["a CRC alone before a descriptor", { ...deferred, crc: 1 }, { flags: descriptor }, "another CRC, size in"],
  ["a size alone before a descriptor", { ...deferred, size: 1 }, { flags: descriptor }, "another CRC, size in"],
  ["a packed size alone before a descriptor", { ...deferred, compressedSize: 1 }, { flags: descriptor }, "another CRC, size in"],
  ["another size in a zip64 field", { size: full, compressedSize: full, extra: zip64Field(6, 7) }, {}, "another size in"],
  ["another packed size in a zip64 field", { size: full, compressedSize: full, extra: zip64Field(5, 8) }, {}, "another size in"],
  ["several differences", { name: "b", method: 0, crc: 1 }, {}, "another name, compression method, CRC in"],
])("refuses %s in the local header", (_, local, central, message) => {
  const problems = compare(local, central);
  expect(told(problems)).toEqual(["zip-local-header a.js"]);
  expect(problems[0]?.message).toContain(message);
});

it.each<[string, Given, Partial<CentralEntry>, readonly string[]]>([
  ["a newer version", { versionNeeded: 46 }, {}, ["zip-header"]],
  ["a stored file with a descriptor", { ...deferred, method: 0 }, { flags: descriptor, method: 0 }, ["zip-descriptor"]],
  ["an extra field that nobody knows", { extra: extraField(0x000d) }, {}, ["zip-extra-field"]],
  ["another extra field", { extra: extraField(0x7855, [1, 2, 3, 4]) }, { extra: extraField(0x7855, [1, 2, 3, 5]) }, ["zip-extra-field"]],
  ["a zip64 field without need", { extra: zip64Field(5, 7) }, {}, ["zip64-contradiction"]],
  ["a zip64 field without need that says something else", { extra: zip64Field(50, 70) }, {}, ["zip64-contradiction"]],
  ["a zip64 field where the packed size has room", { size: full, extra: zip64Field(5, 7) }, {}, ["zip64-contradiction"]],
  ["a zip64 field where the size has room", { compressedSize: full, extra: zip64Field(5, 7) }, {}, ["zip64-contradiction"]],
  ["a size without its zip64 field", { size: full }, { size: full }, ["zip64-contradiction"]],
  ["a packed size without its zip64 field", { compressedSize: full }, { compressedSize: full }, ["zip64-contradiction"]],
  [
    "a zip64 field before a descriptor",
    { flags: descriptor, size: full, compressedSize: full, extra: zip64Field(5, 7) },
    { flags: descriptor },
    ["zip64-contradiction"],
  ],
  [
    "a zip64 field of 15 bytes",
    { size: full, compressedSize: full, extra: extraField(1, Buffer.alloc(15)) },
    { size: 0, compressedSize: 0 },
    ["zip-local-header", "zip-extra-field"],
  ],
  [
    "a zip64 field without bytes",
    { size: full, compressedSize: full, extra: extraField(1) },
    { size: 0, compressedSize: 0 },
    ["zip-local-header", "zip-extra-field"],
  ],
])("refuses a local header of %s", (_, local, central, codes) => {
  expect(told(compare(local, central))).toEqual(codes.map((code) => `${code} a.js`));
});

it("finds the zip64 field behind another one", () => {
  const extra = Buffer.concat([extraField(0xcafe), zip64Field(5, 7)]);
  expect(compare({ size: full, compressedSize: full, extra })).toEqual([]);
});
