import { deflateRawSync } from "node:zlib";
import { crc32 } from "node:zlib";
import type { EndFields, EntrySpec } from "../../../tests/taco/zip-builder";
import { entry } from "../build/jar";
import { jar, replaceIn } from "./case";
import type { Case } from "./case";

const target = "connectionBuilder.js";
const change = (name: string, fields: Partial<EntrySpec>): Case => ({
  name: `zip-${name}`,
  taco: jar({ entries: (entries) => replaceIn(entries, target, (one) => ({ ...one, ...fields })) }),
});
const end = (name: string, fields: EndFields): Case => ({ name: `zip-${name}`, taco: jar({ end: fields }) });
const bytes = (name: string, edit: (zip: Buffer) => Buffer): Case => ({ name: `zip-${name}`, taco: edit(jar()) });
const extra = (id: number, data: Buffer): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(data.length, 2);
  return Buffer.concat([head, data]);
};

/** A trailing data descriptor, and headers that announce it. */
function described(data: string, wrong: "right" | "wrong" | "unsigned"): Partial<EntrySpec> {
  const packed = deflateRawSync(data);
  const descriptor = Buffer.alloc(16);
  descriptor.writeUInt32LE(0x08074b50, 0);
  descriptor.writeUInt32LE(wrong === "wrong" ? 1 : crc32(data), 4);
  descriptor.writeUInt32LE(packed.length, 8);
  descriptor.writeUInt32LE(Buffer.byteLength(data), 12);
  return {
    data,
    packed,
    both: { flags: 8 },
    local: { crc: 0, size: 0, compressedSize: 0 },
    trailer: wrong === "unsigned" ? descriptor.subarray(4) : descriptor,
  };
}

/** Reference sections 2.2, 3, 6.2 and 10: the zip around it all. */
export function zipCases(): Case[] {
  const script = '(function dsbuilder(attr) { return ["jdbc:sample"]; })\n';
  const hidden = (zip: Buffer, at: number, insert: Buffer): Buffer => Buffer.concat([zip.subarray(0, at), insert, zip.subarray(at)]);
  return [
    end("prefix", { prefix: Buffer.from("#!/bin/sh\n") }),
    end("prefix-absolute", { prefix: Buffer.from("#!/bin/sh\n"), absoluteOffsets: true }),
    end("suffix", { suffix: Buffer.from("suffix") }),
    end("comment", { comment: Buffer.from("a comment") }),
    end("comment-with-end-record", { comment: Buffer.from("504b0506000000000000000000000000000000000000", "hex") }),
    end("count-understated", { count: 3 }),
    end("count-overstated", { count: 30 }),
    end("count-zero", { count: 0 }),
    end("directory-size-understated", { directorySize: 100 }),
    end("directory-size-overstated", { directorySize: 100_000 }),
    end("directory-offset-wrong", { directoryOffset: 10 }),
    end("gap-before-end", { beforeEnd: Buffer.from("gap!") }),
    { name: "zip-appended-clean-zip", taco: Buffer.concat([jar(), jar({ blocks: [] })]) },
    { name: "zip-prepended-clean-zip", taco: Buffer.concat([jar({ blocks: [] }), jar()]) },
    { name: "zip-clean-zip-in-comment", taco: jar({ end: { comment: jar({ blocks: [], entries: (entries) => entries.slice(1) }) } }) },
    change("stored-crc-wrong", { method: 0, both: { crc: 1 } }),
    change("crc-wrong", { both: { crc: 1 } }),
    change("crc-wrong-local", { local: { crc: 1 } }),
    change("crc-wrong-central", { central: { crc: 1 } }),
    change("size-understated", { both: { size: 5 } }),
    change("size-overstated", { both: { size: 500 } }),
    change("size-understated-central", { central: { size: 5 } }),
    change("size-overstated-central", { central: { size: 500 } }),
    change("size-wrong-local", { local: { size: 5 } }),
    change("packed-size-understated", { both: { compressedSize: 5 } }),
    change("packed-size-overstated-central", { central: { compressedSize: 90 } }),
    change("packed-size-wrong-local", { local: { compressedSize: 5 } }),
    change("name-other-local", { local: { name: Buffer.from("connectionbuilder.js") } }),
    change("name-other-length-local", { local: { name: Buffer.from("x.js") } }),
    change("name-not-utf8-local", { local: { name: Buffer.from([0xff, 0xfe]) } }),
    change("name-not-utf8-both", { both: { name: Buffer.from([0x61, 0xc0, 0xaf]) } }),
    change("name-cesu", { both: { name: Buffer.from([0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]) } }),
    change("method-stored-local", { local: { method: 0 } }),
    change("method-stored-central", { central: { method: 0 } }),
    change("method-unknown", { both: { method: 99 } }),
    change("method-unknown-local", { local: { method: 99 } }),
    change("flags-encrypted", { both: { flags: 1 } }),
    change("flags-encrypted-local", { local: { flags: 1 } }),
    change("flags-utf8", { both: { flags: 0x800 } }),
    change("flags-utf8-local", { local: { flags: 0x800 } }),
    change("flags-descriptor-local-only", { local: { flags: 8 } }),
    change("descriptor", described(script, "right")),
    change("descriptor-unsigned", described(script, "unsigned")),
    change("descriptor-wrong", described(script, "wrong")),
    change("descriptor-stored", { method: 0, both: { flags: 8 } }),
    change("gap-after", { trailer: Buffer.from("gap bytes") }),
    change("extra", { both: { extra: extra(0x5455, Buffer.alloc(5)) } }),
    change("extra-local-only", { local: { extra: extra(0x5455, Buffer.alloc(5)) } }),
    change("extra-broken", { both: { extra: Buffer.from([1, 0, 99, 0, 1]) } }),
    change("extra-zip64-needless", { central: { extra: extra(1, Buffer.alloc(8)) } }),
    change("extra-zip64-of-7", { central: { extra: extra(1, Buffer.alloc(7)) } }),
    change("extra-zip64-empty", { central: { extra: extra(1, Buffer.alloc(0)) } }),
    change("extra-zip64-sizes", zip64(script)),
    change("entry-comment", { central: { comment: Buffer.from("comment") } }),
    change("entry-comment-not-utf8", { central: { comment: Buffer.from([0xff, 0xff]) } }),
    change("symlink", { central: { madeBy: 3 << 8, attributes: 0o120777 * 65536 } }),
    change("unix-file", { central: { madeBy: 3 << 8, attributes: 0o100644 * 65536 } }),
    change("packed-garbage", { packed: Buffer.from("garbage") }),
    change("packed-trailing", { packed: Buffer.concat([deflateRawSync(script), Buffer.from("trailing")]) }),
    change("packed-cut-off", { packed: deflateRawSync(script).subarray(0, 20) }),
    change("offset-wrong", { central: { offset: 3 } }),
    change("offset-of-other", { central: { offset: 0 } }),
    { name: "zip-hidden-entry", taco: jar({ entries: (entries) => [...entries, { name: "hidden.js", data: "hidden", hiddenFromDirectory: true }] }) },
    { name: "zip-hidden-duplicate-first", taco: jar({ entries: (entries) => [{ name: target, data: "hidden", hiddenFromDirectory: true }, ...entries] }) },
    { name: "zip-hidden-manifest-first", taco: jar({ entries: (entries) => [{ name: "META-INF/MANIFEST.MF", data: "Manifest-Version: 1.0\r\nX: y\r\n\r\n", hiddenFromDirectory: true }, ...entries] }) },
    { name: "zip-hidden-broken-manifest-first", taco: jar({ entries: (entries) => [{ name: "META-INF/MANIFEST.MF", data: "broken\r\n", hiddenFromDirectory: true }, ...entries] }) },
    { name: "zip-hidden-broken-entry", taco: jar({ entries: (entries) => [...entries, { name: "hidden.js", data: "hidden", hiddenFromDirectory: true, local: { crc: 5 } }] }) },
    { name: "zip-central-order", taco: reorder() },
    { name: "zip-bomb", taco: jar({ entries: (entries) => [...entries, entry("bomb.js", Buffer.alloc(40_000_000))] }) },
    bytes("cut-off-end", (zip) => zip.subarray(0, zip.length - 4)),
    bytes("cut-off-half", (zip) => zip.subarray(0, zip.length >> 1)),
    bytes("empty-file", () => Buffer.alloc(0)),
    bytes("text-file", () => Buffer.from("this is no package\n")),
    bytes("end-record-only", (zip) => zip.subarray(zip.length - 22)),
    bytes("empty-zip", () => Buffer.from("504b0506000000000000000000000000000000000000", "hex")),
    bytes("gap-before-directory", (zip) => patchEnd(hidden(zip, directoryOf(zip), Buffer.from("gap")), 3)),
    bytes("disk-number", (zip) => patch(zip, zip.length - 22 + 4, 1)),
    bytes("first-local-signature-broken", (zip) => patch(zip, 3, 9)),
    bytes("central-signature-broken", (zip) => patch(zip, directoryOf(zip) + 3, 9)),
    bytes("zip64-locator-stray", (zip) => { const locator = Buffer.alloc(20); locator.write("PK\x06\x07", "latin1"); return hidden(zip, zip.length - 22, locator); }),
    bytes("zip64-record", (zip) => withZip64(zip, (record) => record)),
    bytes("zip64-record-other-count", (zip) => withZip64(zip, (record) => { record.writeBigUInt64LE(1n, 32); return record; })),
    bytes("zip64-record-other-offset", (zip) => withZip64(zip, (record) => { record.writeBigUInt64LE(5n, 48); return record; })),
  ]; // prettier-ignore
}

function zip64(data: string): Partial<EntrySpec> {
  const sizes = Buffer.alloc(16);
  sizes.writeBigUInt64LE(BigInt(Buffer.byteLength(data)), 0);
  sizes.writeBigUInt64LE(BigInt(deflateRawSync(data).length), 8);
  return { data, both: { size: 0xffffffff, compressedSize: 0xffffffff, extra: extra(1, sizes) } };
}

/** The central directory in another order than the file. */
function reorder(): Buffer {
  const zip = jar();
  const start = directoryOf(zip);
  const headers: Buffer[] = [];
  for (let at = start; at < zip.length - 22;) {
    const length = 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    headers.push(zip.subarray(at, at + length));
    at += length;
  }
  return Buffer.concat([zip.subarray(0, start), ...headers.reverse(), zip.subarray(zip.length - 22)]);
}

function directoryOf(zip: Buffer): number {
  return zip.readUInt32LE(zip.length - 22 + 16);
}

function patch(zip: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(zip);
  copy[at] = value;
  return copy;
}

function patchEnd(zip: Buffer, shift: number): Buffer {
  const copy = Buffer.from(zip);
  copy.writeUInt32LE(copy.readUInt32LE(copy.length - 22 + 16) + shift, copy.length - 22 + 16);
  return copy;
}

function withZip64(zip: Buffer, edit: (record: Buffer) => Buffer): Buffer {
  const tail = zip.length - 22;
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(BigInt(zip.readUInt16LE(tail + 10)), 24);
  record.writeBigUInt64LE(BigInt(zip.readUInt16LE(tail + 10)), 32);
  record.writeBigUInt64LE(BigInt(zip.readUInt32LE(tail + 12)), 40);
  record.writeBigUInt64LE(BigInt(zip.readUInt32LE(tail + 16)), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(tail), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([zip.subarray(0, tail), edit(record), locator, zip.subarray(tail)]);
}
