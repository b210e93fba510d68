import { tile } from "../../../provider/taco/zip/tiling";
import type { CentralEntry } from "../../../provider/taco/zip/zip.types";
import { entryOf, told } from "./entries";

const position = 150;
const tiled = (...entries: readonly CentralEntry[]) =>
  tile({ end: { position: 200, entryCount: 0, directorySize: 0, directoryOffset: 0, problems: [] }, position, entries });
/** 30 bytes of the local header, and one of the name. */
const header = 31;
const entry = (name: string, localOffset: number, compressedSize: number, rest: Partial<CentralEntry> = {}) =>
  entryOf({ name, localOffset, compressedSize, ...rest });

it("orders entries as they lie in the file, each up to the next one", () => {
  const [a, b, c] = [entry("a", 0, 40 - header), entry("b", 40, 0), entry("c", 40 + header, 2)];
  const { spans, problems } = tiled(c, a, b);
  expect(spans).toEqual([
    { entry: a, end: 40 },
    { entry: b, end: 40 + header },
    { entry: c, end: position },
  ]);
  expect(problems).toEqual([]);
});

it.each<[string, readonly CentralEntry[], readonly string[]]>([
  ["bytes before the first entry", [entry("b", 50, 0), entry("a", 1, 0)], ["zip-prefix"]],
  ["bytes before a directory without entries", [], ["zip-prefix"]],
  ["an entry that runs into the next one", [entry("a", 0, 50 - header + 1), entry("b", 50, 0)], ["zip-overlap a"]],
  ["an entry that runs into the directory", [entry("a", 0, 0), entry("b", 50, position - 50 - header + 1)], ["zip-overlap b"]],
  ["an entry whose longer name runs into the directory", [entry("abc", 0, position - header - 1)], ["zip-overlap abc"]],
  ["two entries at one place", [entry("a", 0, 0), entry("b", 0, 0)], ["zip-overlap a"]],
  ["a needless zip64 field", [entry("a", 0, 0, { zip64: "needless" })], ["zip64-contradiction a"]],
  ["an entry on another disk", [entry("a", 0, 0, { startDisk: 1 })], ["zip-count a"]],
])("refuses %s", (_, entries, expected) => {
  expect(told(tiled(...entries).problems)).toEqual(expected);
});

it.each<[string, CentralEntry]>([
  ["ends where the directory starts", entry("a", 0, position - header)],
  ["ends before the directory, which is judged when its data was read", entry("a", 0, 0)],
  ["has a longer name", entry("abc", 0, position - header - 2)],
])("is content with an entry that %s", (_, one) => {
  expect(tiled(one).problems).toEqual([]);
});

it("is content with a file that is nothing but a directory", () => {
  const end = { position: 0, entryCount: 0, directorySize: 0, directoryOffset: 0, problems: [] };
  expect(tile({ end, position: 0, entries: [] })).toEqual({ spans: [], problems: [] });
});
