import { crc32, deflateRawSync } from "node:zlib";
import type { EndFields, EntrySpec } from "../../../tests/taco/zip-builder";
import { extraField } from "../../../tests/taco/zip/records";
import { entry } from "../build/jar";
import { files, jar, replaceIn } from "./case";
import type { Case } from "./case";

const target = "connectionBuilder.js";
const other = "connectionFields.xml";
const change = (name: string, fields: Partial<EntrySpec>, end?: EndFields): Case => ({
  name: `readers-${name}`,
  taco: jar({ entries: (entries) => replaceIn(entries, target, (one) => ({ ...one, ...fields })), ...(end === undefined ? {} : { end }) }),
});
const added = (name: string, spec: EntrySpec): Case => ({
  name: `readers-${name}`,
  taco: jar({
    files: [...files, { name: spec.name, data: spec.data ?? "" }],
    entries: (entries) => replaceIn(entries, spec.name, () => spec),
  }),
});

/** Info-ZIP's Unicode path or comment: a version, the CRC of the name in the header, and another name. */
export function unicodeField(tag: 0x7075 | 0x6375, original: string, text: string): Buffer {
  const head = Buffer.alloc(5, 1);
  head.writeUInt32LE(crc32(original), 1);
  return extraField(tag, Buffer.concat([head, Buffer.from(text)]));
}

const times = (flags: number, count: number): Buffer =>
  extraField(0x5455, [flags, ...Array.from({ length: count * 4 }, (_, at) => at + 1)]);
const ntfs = extraField(0x000a, [0, 0, 0, 0, 1, 0, 24, 0, ...Array.from({ length: 24 }, () => 1)]);
const owner = (user: number): Buffer => extraField(0x7875, [1, 4, user, 0, 0, 0, 4, 0, 0, 0, 0]);
const both = (extra: Buffer): Partial<EntrySpec> => ({ both: { extra } });
const attributes = (mode: number, low = 0, host = 3): Partial<EntrySpec> => ({
  central: { madeBy: (host << 8) | 20, attributes: mode * 65536 + low },
});
const hosts = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 19, 20, 30, 255];

/** One package, two readers: whatever could make one of them see another name, another kind of file or other contents. */
export function readerCases(): Case[] {
  const script = '(function dsbuilder(attr) { return ["jdbc:sample"]; })\n';
  return [
    { name: "readers-unicode-path-exchange", taco: jar({ entries: exchange("both") }) },
    { name: "readers-unicode-path-exchange-central", taco: jar({ entries: exchange("central") }) },
    { name: "readers-unicode-path-exchange-local", taco: jar({ entries: exchange("local") }) },
    change("unicode-path-same-name", both(unicodeField(0x7075, target, target))),
    change("unicode-path-parent", both(unicodeField(0x7075, target, "../evil.js"))),
    change("unicode-comment", both(unicodeField(0x6375, "", "comment"))),
    change("times", { local: { extra: times(3, 2) }, central: { extra: times(3, 1) } }),
    change("times-jar", { local: { extra: times(1, 1) }, central: { extra: times(1, 1) } }),
    change("times-whole-in-both", both(times(7, 3))),
    change("times-none", both(times(0, 0))),
    change("times-differ", { local: { extra: times(1, 1) }, central: { extra: extraField(0x5455, [1, 9, 9, 9, 9]) } }),
    change("times-flags-differ", { local: { extra: times(3, 2) }, central: { extra: times(1, 1) } }),
    change("times-too-short", both(extraField(0x5455, [7, 1, 1]))),
    change("times-empty", both(extraField(0x5455))),
    change("times-local-alone", { local: { extra: times(1, 1) } }),
    change("ntfs", both(ntfs)),
    change("ntfs-central-alone", { central: { extra: ntfs } }),
    change("ntfs-too-short", both(extraField(0x000a, [0, 0, 0, 0]))),
    change("owner", both(owner(0))),
    change("owner-differs", { local: { extra: owner(1) }, central: { extra: owner(0) } }),
    change("owner-broken", both(extraField(0x7875, [1, 9, 9, 9]))),
    change("macos-times", { local: { extra: extraField(0x5855, Buffer.alloc(12, 1)) }, central: { extra: extraField(0x5855, Buffer.alloc(8, 1)) } }),
    change("former-owner", { local: { extra: extraField(0x7855, Buffer.alloc(4)) }, central: { extra: extraField(0x7855) } }),
    change("info-zip-usual", { local: { extra: Buffer.concat([times(3, 2), owner(0)]) }, central: { extra: Buffer.concat([times(3, 1), owner(0)]), madeBy: 3 << 8 | 30, attributes: 0o100644 * 65536 } }),
    { name: "readers-jar-marker", taco: jar({ entries: ([first = entry("x", ""), ...rest]) => [{ ...first, both: { extra: extraField(0xcafe) } }, ...rest] }) },
    change("jar-marker-with-data", both(extraField(0xcafe, [1, 2]))),
    change("field-twice", both(Buffer.concat([times(1, 1), times(1, 1)]))),
    change("field-unknown", both(extraField(0x4242, [1]))),
    change("field-link-target", both(extraField(0x756e, Buffer.concat([Buffer.alloc(14, 1), Buffer.from("/etc/passwd")])))),
    change("field-pkware-unix", both(extraField(0x000d, Buffer.concat([Buffer.alloc(12), Buffer.from("/etc/passwd")])))),
    change("field-aes", both(extraField(0x9901, [1, 0, 0x41, 0x45, 3, 8, 0]))),
    change("field-strong-encryption", both(extraField(0x0017, [2, 0, 1, 0x66, 0, 1, 0, 0]))),
    change("field-padding", both(extraField(0xd935, [4, 0, 0, 0]))),
    change("field-zeros", both(Buffer.alloc(8))),
    change("extra-left-over", both(Buffer.concat([times(1, 1), Buffer.from([1, 2])]))),
    change("extra-broken-local", { local: { extra: Buffer.from([1, 0, 99, 0, 1]) } }),
    change("extra-zip-inside", both(extraField(0x4242, Buffer.from("504b0506000000000000000000000000000000000000", "hex")))),
    change("zip64-local-alone", { local: { extra: extraField(1, Buffer.alloc(16)) } }),
    change("zip64-other-size-local", wide(script, { local: script.length + 1 })),
    change("zip64-size-alone", halfWide(script, "size")),
    change("zip64-packed-size-alone", halfWide(script, "compressedSize")),
    change("zip64-twice", { ...wide(script, {}), central: { extra: Buffer.concat([wideField(script, 0), wideField(script, 7)]) } }),
    change("disk-in-zip64", { central: { disk: 0xffff, extra: extraField(1, [0, 0, 0, 0]) } }),
    change("disk-saturated", { central: { disk: 0xffff } }),
    change("disk-one", { central: { disk: 1 } }),
    ...hosts.map((host) => change(`link-host-${host}`, attributes(0o120777, 0, host))),
    ...hosts.map((host) => change(`file-host-${host}`, attributes(host === 3 || host === 19 ? 0o100644 : 0, 0, host))),
    ...([["fifo", 0o010644], ["character-device", 0o020644], ["block-device", 0o060644], ["socket", 0o140644], ["door", 0o150644], ["whiteout", 0o160000]] as const).flatMap(([kind, mode]) => [change(kind, attributes(mode)), change(`${kind}-dos`, attributes(mode, 0x20, 0))]),
    change("set-user", attributes(0o104755)),
    change("set-group", attributes(0o102755)),
    change("executable", attributes(0o100755)),
    change("mode-without-type", attributes(0o644)),
    change("dos-archive", attributes(0, 0x20, 0)),
    change("dos-read-only-hidden-system", attributes(0, 0x07, 0)),
    change("dos-volume-label", attributes(0, 0x08, 0)),
    change("dos-device", attributes(0, 0x40, 0)),
    change("dos-reparse-point", attributes(0, 0x400, 11)),
    change("dos-directory-with-data", attributes(0, 0x10, 0)),
    change("mode-directory-with-data", attributes(0o040755)),
    added("directory", { name: "folder/", central: { madeBy: 3 << 8, attributes: 0o040755 * 65536 + 0x10 } }),
    added("directory-that-is-a-file", { name: "folder/", central: { madeBy: 3 << 8, attributes: 0o100644 * 65536 } }),
    change("version-needed-newest", { both: { versionNeeded: 45 } }),
    change("version-needed-too-new", { both: { versionNeeded: 63 } }),
    change("version-needed-too-new-local", { local: { versionNeeded: 63 } }),
    change("version-needed-vms", { both: { versionNeeded: (2 << 8) | 20 } }),
    ...[1, 2, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15].map((bit) => change(`flag-${bit}`, { both: { flags: 1 << bit } })),
    added("name-utf8", { name: "\u00fcbersicht.js", data: "named\n" }),
    added("name-utf8-unsaid", { name: "\u00fcbersicht.js", data: "named\n", both: { flags: 0 } }),
    added("name-utf8-unsaid-local", { name: "\u00fcbersicht.js", data: "named\n", local: { flags: 0 } }),
    added("name-invisible", { name: "connection\u200bBuilder.js", data: "named\n" }),
    added("name-wildcard", { name: "what?.js", data: "named\n" }),
    added("name-device", { name: "resources/AUX.js", data: "named\n" }),
    added("name-stream", { name: "a.js:b", data: "named\n" }),
    added("name-file-and-folder", { name: `${target}/inner.js`, data: "named\n" }),
    added("name-file-and-folder-other-case", { name: `${target.toUpperCase()}/inner.js`, data: "named\n" }),
    added("name-file-and-directory", { name: `${target}/` }),
    added("name-dash", { name: `${target}-inner.js`, data: "named\n" }),
    change("comment-of-entry", { central: { comment: Buffer.from("a comment") } }),
    change("header-too-long", { both: { extra: Buffer.concat(Array.from({ length: 8 }, (_, at) => extraField(at === 0 ? 0x4242 : 0x4243 + at, Buffer.alloc(8186)))) } }),
    { name: "readers-two-end-records", taco: twoEnds() },
    { name: "readers-zip64-end-with-room", taco: zip64End(8) },
  ]; // prettier-ignore
}

/** Two signed files exchange their names for whoever believes the Unicode path: the bytes that are signed stay as they are. */
function exchange(where: "both" | "local" | "central"): (entries: readonly EntrySpec[]) => readonly EntrySpec[] {
  const names: Readonly<Record<string, string>> = { [target]: other, [other]: target };
  return (entries) =>
    entries.map((one) => {
      const name = names[one.name];
      return name === undefined ? one : { ...one, [where]: { extra: unicodeField(0x7075, one.name, name) } };
    });
}

function wideField(data: string, more: number): Buffer {
  const sizes = Buffer.alloc(16);
  sizes.writeBigUInt64LE(BigInt(Buffer.byteLength(data) + more), 0);
  sizes.writeBigUInt64LE(BigInt(deflateRawSync(data).length), 8);
  return extraField(1, sizes);
}

function wide(data: string, { local = data.length }: { readonly local?: number }): Partial<EntrySpec> {
  return {
    data,
    both: { size: 0xffffffff, compressedSize: 0xffffffff, extra: wideField(data, 0) },
    local: { extra: wideField(data, local - data.length) },
  };
}

function halfWide(data: string, field: "size" | "compressedSize"): Partial<EntrySpec> {
  const value = Buffer.alloc(8);
  value.writeBigUInt64LE(BigInt(field === "size" ? Buffer.byteLength(data) : deflateRawSync(data).length));
  return { data, central: { [field]: 0xffffffff, extra: extraField(1, value) } };
}

/** A whole package, and behind it a second end record that lists a part of it. */
function twoEnds(): Buffer {
  const zip = jar();
  const end = Buffer.from(zip.subarray(zip.length - 22));
  const directory = zip.subarray(end.readUInt32LE(16), zip.length - 22);
  const length = 46 + directory.readUInt16LE(28) + directory.readUInt16LE(30) + directory.readUInt16LE(32);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(length, 12);
  end.writeUInt32LE(zip.length, 16);
  return Buffer.concat([zip, directory.subarray(0, length), end]);
}

/** A zip64 end record with room for bytes that nobody signed. */
function zip64End(room: number): Buffer {
  const zip = jar();
  const tail = zip.length - 22;
  const record = Buffer.alloc(56 + room);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(BigInt(44 + room), 4);
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
  return Buffer.concat([zip.subarray(0, tail), record, locator, zip.subarray(tail)]);
}
