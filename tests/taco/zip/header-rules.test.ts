import { checkHeader, isTooNew } from "../../../provider/taco/zip/header-rules";
import type { CentralEntry } from "../../../provider/taco/zip/zip.types";
import { entryOf, told } from "./entries";

const check = (fields: Partial<CentralEntry>) => told(checkHeader(entryOf({ name: "a.js", ...fields })));

it.each<[string, Partial<CentralEntry>]>([
  ["usual", {}],
  ["for readers of version 4.5", { versionNeeded: 45 }],
  ["with every flag that readers know", { flags: 0x080e }],
  ["of 65,535 bytes", { rawName: Buffer.alloc(20_000), extra: Buffer.alloc(45_489) }],
  ["with an ASCII name of the last character", { rawName: Buffer.from([0x41, 0x7f]) }],
  ["with a name in UTF-8 that says so", { rawName: Buffer.from("\u00e9"), flags: 0x0800 }],
])("a header %s is fine", (_, fields) => {
  expect(check(fields)).toEqual([]);
});

it.each<[string, Partial<CentralEntry>, readonly string[]]>([
  ["for readers of version 4.6", { versionNeeded: 46 }, ["zip-header"]],
  ["for readers of another system", { versionNeeded: 0x0114 }, ["zip-header"]],
  ["of 65,536 bytes by its name and its extra fields", { rawName: Buffer.alloc(20_000), extra: Buffer.alloc(45_490) }, ["zip-header"]],
  ["of 65,536 bytes by its comment", { rawName: Buffer.alloc(45_490), commentLength: 20_000 }, ["zip-header", "zip-comment"]],
  ["with a name that is not ASCII and does not say so", { rawName: Buffer.from([0x41, 0x80]) }, ["zip-name-encoding"]],
  ["with a comment", { commentLength: 1 }, ["zip-comment"]],
  ["with many faults", { versionNeeded: 46, flags: 0x40, commentLength: 2 }, ["zip-header", "zip-header", "zip-comment"]],
])("a header %s is refused", (_, fields, codes) => {
  expect(check(fields)).toEqual(codes.map((code) => `${code} a.js`));
});

it.each([0, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15])("a header with the flag of bit %i is refused", (bit) => {
  expect(check({ flags: 1 << bit })).toEqual(["zip-header a.js"]);
  expect(check({ flags: (1 << bit) | 0x0806 })).toEqual(["zip-header a.js"]);
});

it("tells the version as people write it", () => {
  expect(checkHeader(entryOf({ versionNeeded: 63 }))[0]?.message).toContain("version 6.3");
});

it("takes 4.5, which is zip64, for the newest version", () => {
  expect([0, 10, 20, 45, 46, 0x0100].map(isTooNew)).toEqual([false, false, false, false, true, true]);
});
