import { deflateRawSync } from "node:zlib";
import { readDirectory } from "../../../provider/taco/zip/central-directory";
import { consumeEntry } from "../../../provider/taco/zip/consume-entry";
import { tile } from "../../../provider/taco/zip/tiling";
import type { Span } from "../../../provider/taco/zip/tiling";
import { buildZip } from "../zip-builder";
import type { EntrySpec } from "../zip-builder";
import { told } from "./entries";
import { extraField, number } from "./records";
import { watched } from "./sources";

const descriptor = 0x0008;
const megabyte = 1024 * 1024;

/** One entry behind another, its bytes alone: the file ends where the directory would start. */
async function second(spec: Partial<EntrySpec>): Promise<{ readonly bytes: Buffer; readonly span: Span }> {
  const zip = buildZip([{ name: "first" }, { name: "a", data: "text\n", ...spec }]);
  const directory = await readDirectory(watched(zip));
  const [, span] = tile(directory).spans;
  if (span === undefined) throw new Error("There is no second entry.");
  return { bytes: zip.subarray(0, directory.position), span };
}

async function consume(bytes: Buffer, span: Span) {
  const source = watched(bytes);
  const chunks: Buffer[] = [];
  const problems = await consumeEntry(source, span, (chunk) => chunks.push(chunk));
  return { reads: source.reads, chunks, data: Buffer.concat(chunks).toString(), told: told(problems), problems };
}

async function consumeSecond(spec: Partial<EntrySpec>) {
  const { bytes, span } = await second(spec);
  return consume(bytes, span);
}

it.each<[string, Partial<EntrySpec>]>([
  ["packed", {}],
  ["stored", { method: 0 }],
  ["with an extra field", { local: { extra: extraField(0xcafe) } }],
  ["stored, with an extra field", { method: 0, both: { extra: extraField(0x5455, [0]) } }],
])("reads an entry that is %s", async (_, spec) => {
  expect(await consumeSecond(spec)).toMatchObject({ data: "text\n", told: [] });
});

it.each<[string, Partial<EntrySpec>]>([
  ["packed", {}],
  ["stored", { method: 0 }],
])("reads an entry without data that is %s", async (_, spec) => {
  expect(await consumeSecond({ data: "", ...spec })).toMatchObject({ data: "", told: [] });
});

it("reads the entry that the file starts with", async () => {
  const { bytes, span } = await second({});
  const first = { entry: { ...span.entry, localOffset: 0 }, end: bytes.length - span.entry.localOffset };
  expect(await consume(bytes.subarray(span.entry.localOffset), first)).toMatchObject({ data: "text\n", told: [] });
});

const packed = deflateRawSync("text\n");

it.each<[string, Partial<EntrySpec>, readonly string[]]>([
  ["another name", { local: { name: Buffer.from("b") } }, ["zip-local-header a"]],
  ["another CRC in both headers", { both: { crc: 1 } }, ["zip-crc a"]],
  ["another CRC of a stored entry", { method: 0, both: { crc: 1 } }, ["zip-crc a"]],
  ["a size that is too large", { both: { size: 6 } }, ["zip-size a"]],
  ["a size of a stored entry that is too large", { method: 0, both: { size: 6 } }, ["zip-size a"]],
  ["a size of a stored entry that is too small", { method: 0, both: { size: 4 } }, ["zip-size a"]],
  ["bytes behind its packed data", { packed: Buffer.concat([packed, Buffer.alloc(1)]) }, ["zip-size a"]],
  ["a byte behind it", { trailer: Buffer.alloc(1) }, ["zip-gap a"]],
  ["24 bytes behind it", { trailer: Buffer.alloc(24) }, ["zip-gap a"]],
  ["25 bytes behind it", { trailer: Buffer.alloc(25) }, ["zip-gap a"]],
  ["no descriptor, but one announced", { both: { flags: descriptor } }, ["zip-descriptor a"]],
  ["24 bytes instead of a descriptor", { both: { flags: descriptor }, trailer: Buffer.alloc(24) }, ["zip-descriptor a"]],
  ["more bytes than any descriptor has", { both: { flags: descriptor }, trailer: Buffer.alloc(25) }, ["zip-gap a"]],
  [
    "faults everywhere",
    { local: { name: Buffer.from("b") }, both: { crc: 1, size: 6 }, trailer: Buffer.alloc(3) },
    ["zip-local-header a", "zip-size a", "zip-crc a", "zip-gap a"],
  ],
])("refuses an entry with %s, and reads it", async (_, spec, expected) => {
  const { data, told: problems } = await consumeSecond(spec);
  expect(data).toBe("text\n");
  expect(problems).toEqual(expected);
});

it("tells by how much the sizes differ", async () => {
  const { problems } = await consumeSecond({ packed: Buffer.concat([packed, Buffer.alloc(4)]), both: { size: 9 } });
  const message = `"a" has 5 bytes (${packed.length} packed); the directory says 9 (${packed.length + 4} packed).`;
  expect(problems).toEqual([{ code: "zip-size", entry: "a", message }]);
});

it.each(["signed", "plain"])("takes a %s descriptor", async (form) => {
  const { span } = await second({});
  const { crc, compressedSize, size } = span.entry;
  const numbers = Buffer.concat([crc, compressedSize, size].map((value) => number(value, 4)));
  const trailer = form === "signed" ? Buffer.concat([number(0x08074b50, 4), numbers]) : numbers;
  const spec = { both: { flags: descriptor }, local: { crc: 0, compressedSize: 0, size: 0 }, trailer };
  expect(await consumeSecond(spec)).toMatchObject({ data: "text\n", told: [] });
});

it("tells of an entry that runs into the next one", async () => {
  const { bytes, span } = await second({});
  expect((await consume(bytes, { ...span, end: span.end - 1 })).told).toEqual(["zip-overlap a"]);
});

it("says how many bytes belong to no entry", async () => {
  const { problems } = await consumeSecond({ trailer: Buffer.alloc(30) });
  expect(problems[0]?.message).toMatch(/^30 bytes/);
});

describe("cannot read an entry", () => {
  it.each([1, 6, 7, 8, 30, 38])("whose last %i bytes are missing", async (missing) => {
    const { bytes, span } = await second({ method: 0 });
    const reading = consume(bytes.subarray(0, bytes.length - missing), span);
    await expect(reading).rejects.toMatchObject({ code: "zip-broken", message: expect.stringMatching(/past the end/) });
  });

  it.each([-1, 1, Number.MAX_SAFE_INTEGER])("that is said to start at %i", async (localOffset) => {
    const { bytes, span } = await second({});
    const reading = consume(bytes, { ...span, entry: { ...span.entry, localOffset } });
    await expect(reading).rejects.toMatchObject({ code: "zip-broken" });
  });

  it("whose packed data is broken", async () => {
    await expect(consumeSecond({ packed: Buffer.from([0xff, 0xff]) })).rejects.toMatchObject({ code: "zip-broken" });
  });
});

it.each([0, 8] as const)("reads a large entry in pieces of a megabyte (method %i)", async (method) => {
  const data = Buffer.alloc(2 * megabyte + 10, "some text, ");
  const { bytes, span } = await second({ data, method, packed: method === 0 ? data : deflateRawSync(data, { level: 0 }) });
  const { reads, chunks, told: problems } = await consume(bytes, span);
  expect(problems).toEqual([]);
  expect(Buffer.concat(chunks).equals(data)).toBe(true);
  const [start] = reads.find(([, length]) => length === megabyte) ?? [NaN];
  const last = span.entry.compressedSize - 2 * megabyte;
  expect(reads.filter(([, length]) => length >= last)).toEqual(
    expect.arrayContaining([[start, megabyte], [start + megabyte, megabyte], [start + 2 * megabyte, last]]),
  );
}); // prettier-ignore

it("reads an entry of exactly a megabyte in one piece", async () => {
  const { bytes, span } = await second({ data: Buffer.alloc(megabyte), method: 0 });
  const { chunks, told: problems } = await consume(bytes, span);
  expect(problems).toEqual([]);
  expect(chunks.map(({ length }) => length)).toEqual([megabyte]);
});

it("lets other work of the process go on between the pieces of a stored entry", async () => {
  const { bytes, span } = await second({ data: Buffer.alloc(2 * megabyte), method: 0 });
  const work: string[] = [];
  await consumeEntry(watched(bytes), span, () => {
    work.push("piece");
    setImmediate(() => work.push("other"));
  });
  expect(work.slice(0, 3)).toEqual(["piece", "other", "piece"]);
});
