import { readZip } from "../../../provider/taco/zip/read-zip";
import { buildZip } from "../zip-builder";
import type { EndFields, EntrySpec } from "../zip-builder";
import { told } from "./entries";
import { extraField } from "./records";
import { watched } from "./sources";

const read = (specs: readonly EntrySpec[], end?: EndFields) => readZip(watched(buildZip(specs, end)));

it("lists a package in the order of its directory, and of the file", async () => {
  const zip = await read([{ name: "b" }, { name: "a/" }, { name: "a/c" }]);
  expect(zip.entries.map(({ name }) => name)).toEqual(["b", "a/", "a/c"]);
  expect(zip.directory.entries).toBe(zip.entries);
  expect(zip.spans.map(({ entry }) => entry)).toEqual(zip.entries);
  expect(zip.problems).toEqual([]);
});

it.each<[string, readonly EntrySpec[], EndFields, readonly string[]]>([
  ["the end record", [{ name: "a" }], { comment: Buffer.from("x") }, ["zip-comment"]],
  ["the places of entries", [{ name: "a", central: { disk: 1 } }], {}, ["zip-count a"]],
  ["names", [{ name: "a" }, { name: "A" }], {}, ["zip-duplicate-name A"]],
  ["headers", [{ name: "a", central: { versionNeeded: 46 } }], {}, ["zip-header a"]],
  ["kinds of files", [{ name: "a", central: { attributes: 0x10 } }], {}, ["zip-attributes a"]],
  ["headers and kinds, entry by entry", [{ name: "a" }, { name: "b", central: { versionNeeded: 46, attributes: 0x10 } }], {}, ["zip-header b", "zip-attributes b"]],
  ["what two readers see", [{ name: "a", method: 0, both: { size: 9 } }], {}, ["zip-readers-disagree"]],
])("tells what is wrong with %s", async (_, specs, end, expected) => {
  expect(told((await read(specs, end)).problems)).toEqual(expected);
}); // prettier-ignore

it("leaves to the reading of an entry what only its local header says", async () => {
  expect((await read([{ name: "a", local: { extra: extraField(0x7075) } }])).problems).toEqual([]);
});

it("refuses what is no zip", async () => {
  await expect(readZip(watched(Buffer.alloc(100)))).rejects.toMatchObject({ code: "not-a-zip" });
});

describe("what entries unpack to", () => {
  const mega = 1024 * 1024;
  const giga = 1024 * mega;
  /** Entries that say so of their sizes; nothing here is unpacked. */
  const declared = (...sizes: readonly (readonly [size: number, packed: number])[]) =>
    read(sizes.map(([size, compressedSize], index) => ({ name: `${index}`, both: { size, compressedSize } })));

  it.each<[string, readonly (readonly [number, number])[]]>([
    ["a gigabyte", [[giga, giga]]],
    ["two gigabytes", [[giga, giga], [giga, giga]]],
    ["4 MB of one byte", [[4 * mega, 1]]],
    ["4 MB of two bytes in two entries", [[2 * mega, 1], [2 * mega, 1]]],
    ["200 for one", [[5_000_000, 25_000]]],
    ["200 for one in two entries", [[4_000_000, 20_000], [3_000_000, 15_000]]],
    ["200 for one in two entries, more in one of them", [[4_000_000, 1], [4_000_000, 39_999]]],
    ["nothing", [[0, 0]]],
  ])("may be %s", async (_, sizes) => {
    expect((await declared(...sizes)).entries).toHaveLength(sizes.length);
  }); // prettier-ignore

  it.each<[string, RegExp, readonly (readonly [number, number])[]]>([
    ["more than a gigabyte", /at most 1073741824/, [[giga + 1, giga]]],
    ["more than two gigabytes", /that is too much/, [[giga, giga], [giga, giga], [1, 1]]],
    ["more than 4 MB of one byte", /for a bomb/, [[4 * mega + 1, 1]]],
    ["more than 4 MB of two bytes in two entries", /that is too much/, [[2 * mega, 1], [2 * mega + 1, 1]]],
    ["more than 200 for one", /for a bomb/, [[5_000_001, 25_000]]],
    ["more than 200 for one behind an entry that is not packed", /for a bomb/, [[1, 1_000_000], [5_000_001, 25_000]]],
    ["more than 200 for one in two entries", /that is too much/, [[4_000_000, 20_000], [4_000_000, 19_999]]],
  ])("is refused where it is %s", async (_, message, sizes) => {
    await expect(declared(...sizes)).rejects.toMatchObject({ code: "zip-limit", message: expect.stringMatching(message) });
  }); // prettier-ignore
});
