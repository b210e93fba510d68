import type { ByteSource } from "../../../provider/taco/zip/byte-source";
import { readDirectory } from "../../../provider/taco/zip/central-directory";
import { compareWithYauzl } from "../../../provider/taco/zip/second-reader";
import type { CentralEntry, ZipDirectory } from "../../../provider/taco/zip/zip.types";
import { buildZip } from "../zip-builder";
import type { EndFields, EntrySpec } from "../zip-builder";
import { told } from "./entries";
import { watched } from "./sources";
import type { WatchedSource } from "./sources";

async function opened(
  specs: readonly EntrySpec[],
  end?: EndFields,
): Promise<{ readonly source: WatchedSource; readonly directory: ZipDirectory }> {
  const source = watched(buildZip(specs, end));
  const directory = await readDirectory(source);
  source.reads.length = 0;
  return { source, directory };
}

const two: readonly EntrySpec[] = [
  { name: "a.js", data: "text" },
  { name: "d/\u00e9", data: "b", method: 0 },
];
const [refuses, sees] = [/second zip reader refuses this file: /, /sees other entries/];

it.each<[string, readonly EntrySpec[], EndFields]>([
  ["a package", two, {}],
  ["one with comments", [{ name: "a", central: { comment: Buffer.from("b") } }], { comment: Buffer.from("c") }],
  ["one without entries", [], {}],
])("sees the same in %s", async (_, specs, end) => {
  const { source, directory } = await opened(specs, end);
  expect(await compareWithYauzl(source, directory)).toEqual([]);
});

it.each<[string, Partial<CentralEntry>]>([
  ["name", { rawName: Buffer.from("a.jS") }],
  ["place", { localOffset: 1 }],
  ["packed size", { compressedSize: 1 }],
  ["size", { size: 1 }],
  ["method", { method: 0 }],
  ["CRC", { crc: 1 }],
  ["flags", { flags: 2 }],
])("tells where it sees another %s", async (_, fields) => {
  const { source, directory } = await opened(two);
  const entries = directory.entries.map((entry, index) => (index === 0 ? { ...entry, ...fields } : entry));
  const problems = await compareWithYauzl(source, { ...directory, entries });
  expect(told(problems)).toEqual(["zip-readers-disagree"]);
  expect(problems[0]?.message).toMatch(sees);
});

it.each<[string, (entries: readonly CentralEntry[]) => readonly CentralEntry[]]>([
  ["more entries", (entries) => entries.slice(0, 1)],
  ["fewer entries", (entries) => [...entries, ...entries]],
  ["entries where the first reader sees none", () => []],
  ["another order", (entries) => [...entries].reverse()],
])("tells where it sees %s", async (_, changed) => {
  const { source, directory } = await opened(two);
  const problems = await compareWithYauzl(source, { ...directory, entries: changed(directory.entries) });
  expect(told(problems)).toEqual(["zip-readers-disagree"]);
  expect(problems[0]?.message).toMatch(sees);
});

it("says of a directory that runs past the end of the file what it is, not what lies in memory", async () => {
  const { source, directory } = await opened([{ name: "a".repeat(60) }], { count: 2 });
  const problems = await compareWithYauzl(source, directory);
  expect(problems.map(({ message }) => message)).toEqual(["A second zip reader refuses this file: unexpected end of file."]);
});

it("tells why it refuses a file", async () => {
  const { source, directory } = await opened([{ name: "a", method: 0, both: { size: 9 } }]);
  expect(await compareWithYauzl(source, directory)).toEqual([{ code: "zip-readers-disagree", message: expect.stringMatching(refuses) }]);
});

it("reads the directory once, however many headers it has", async () => {
  const { source, directory } = await opened(Array.from({ length: 50 }, (_, index) => ({ name: `${index}` })));
  expect(await compareWithYauzl(source, directory)).toEqual([]);
  const end = source.size - Math.min(source.size, 22 + 0xffff);
  expect(source.reads).toEqual([
    [directory.position, source.size - directory.position],
    [end, source.size - end],
  ]);
});

it("reads a file of nothing but an end record once", async () => {
  const { source, directory } = await opened([]);
  expect(await compareWithYauzl(source, directory)).toEqual([]);
  expect(source.reads).toEqual([[0, source.size]]);
});

it("reads no more at once than the largest directory and what may follow it", async () => {
  const comment = Buffer.alloc(0xffff, "c");
  const { source, directory } = await opened([{ name: "a" }], { comment });
  const longest = 16 * 1024 * 1024 + 128 * 1024;
  const large = { ...source, size: 2 * longest };
  await compareWithYauzl(large, directory);
  expect(source.reads[0]).toEqual([directory.position, longest]);
});

it.each<[string, unknown]>([
  ["an error", new Error("the disk is gone")],
  ["what is no error", "the disk is gone"],
])("tells of a file that cannot be read any more, by %s", async (_, thrown) => {
  const { source, directory } = await opened(two);
  const failing = (from: number): ByteSource => {
    const fail = jest.fn<Promise<Buffer>, []>().mockRejectedValue(thrown);
    let reads = 0;
    return { ...source, read: (...range) => (reads++ < from ? source.read(...range) : fail()) };
  };
  const expected = [{ code: "zip-readers-disagree", message: "A second zip reader refuses this file: the disk is gone." }];
  expect(await compareWithYauzl(failing(0), directory)).toEqual(expected);
  expect(await compareWithYauzl(failing(1), directory)).toEqual(expected);
});
