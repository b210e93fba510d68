import { crc32, deflateRawSync } from "node:zlib";
import type { EntrySpec } from "../../../tests/taco/zip-builder";
import { entry } from "../build/jar";
import { jar, replaceIn } from "./case";
import type { Case } from "./case";
import { extraField } from "../../../tests/taco/zip/records";

const target = "connectionBuilder.js";
const script = '(function dsbuilder(attr) { return ["jdbc:sample"]; })\n';
const change = (name: string, fields: Partial<EntrySpec>): Case => ({
  name: `stream-${name}`,
  taco: jar({ entries: (entries) => replaceIn(entries, target, (one) => ({ ...one, ...fields })) }),
});

export interface Descriptor {
  readonly data: Buffer;
  readonly method?: 0 | 8;
  readonly form?: "signed" | "plain" | "wide" | "wide-plain";
  /** What the local header says although a descriptor follows. */
  readonly local?: "zeros" | "truth" | "saturated" | "saturated-zip64" | "zip64";
  /** Added to what the descriptor says. */
  readonly wrong?: { readonly crc?: number; readonly compressedSize?: number; readonly size?: number };
}

/** An entry whose sizes and CRC follow its data, as tools write it that do not know them before. */
export function described({ data, method = 8, form = "signed", local = "zeros", wrong = {} }: Descriptor): Partial<EntrySpec> {
  const packed = method === 8 ? deflateRawSync(data) : data;
  const crc = (crc32(data) + (wrong.crc ?? 0)) >>> 0;
  const sizes = [packed.length + (wrong.compressedSize ?? 0), data.length + (wrong.size ?? 0)];
  const wide = form.startsWith("wide");
  const body = Buffer.alloc(wide ? 20 : 12);
  body.writeUInt32LE(crc, 0);
  sizes.forEach((size, index) => (wide ? body.writeBigUInt64LE(BigInt(size), 4 + index * 8) : body.writeUInt32LE(size, 4 + index * 4)));
  const sizesField = Buffer.alloc(16);
  sizesField.writeBigUInt64LE(BigInt(data.length), 0);
  sizesField.writeBigUInt64LE(BigInt(packed.length), 8);
  const saturated = { crc: 0, size: 0xffffffff, compressedSize: 0xffffffff };
  const zeros = { crc: 0, size: 0, compressedSize: 0 };
  const headers = {
    zeros,
    truth: {},
    saturated,
    "saturated-zip64": { ...saturated, extra: extraField(1, sizesField) },
    zip64: { ...zeros, extra: extraField(1, sizesField) },
  };
  const mark = form === "signed" || form === "wide" ? Buffer.from("504b0708", "hex") : Buffer.alloc(0);
  return { data, packed, method, both: { flags: 8 }, local: headers[local], trailer: Buffer.concat([mark, body]) };
}

const text = Buffer.from(script);
/** Its CRC is the signature of a descriptor: who reads one without a signature takes it for one with. */
const ambiguous = withCrc(0x08074b50);

/** How JarInputStream reads: by local headers alone, from the first byte on. jarsigner reads every package so since winter 2025/26. */
export function streamCases(): Case[] {
  const locals = ["zeros", "truth", "saturated", "saturated-zip64", "zip64"] as const;
  const forms = ["signed", "plain", "wide", "wide-plain"] as const;
  const manifestStored = (entries: readonly EntrySpec[]): EntrySpec[] =>
    replaceIn(entries, "META-INF/MANIFEST.MF", (one) => ({ ...one, ...described({ data: Buffer.from(one.data ?? ""), method: 0 }) }));
  return [
    ...locals.flatMap((local) => forms.map((form) => change(`descriptor-${form}-${local}`, described({ data: text, form, local })))),
    ...forms.map((form) => change(`stored-descriptor-${form}`, described({ data: text, method: 0, form }))),
    change("stored-descriptor-truth", described({ data: text, method: 0, local: "truth" })),
    change("stored-descriptor-empty", described({ data: Buffer.alloc(0), method: 0 })),
    { name: "stream-stored-descriptor-manifest", taco: jar({ entries: manifestStored }) },
    { name: "stream-stored-descriptor-everywhere", taco: jar({ entries: (entries) => entries.map((one) => ({ ...one, ...described({ data: Buffer.from(one.data ?? ""), method: 0 }) })) }) },
    { name: "stream-descriptor-everywhere", taco: jar({ entries: (entries) => entries.map((one) => ({ ...one, ...described({ data: Buffer.from(one.data ?? "") }) })) }) },
    { name: "stream-stored-descriptor-directory", taco: jar({ entries: (entries) => [...entries, { name: "folder/", ...described({ data: Buffer.alloc(0), method: 0 }) }] }) },
    { name: "stream-descriptor-directory", taco: jar({ entries: (entries) => [...entries, { name: "folder/", ...described({ data: Buffer.alloc(0) }) }] }) },
    change("descriptor-crc-wrong", described({ data: text, wrong: { crc: 1 } })),
    change("descriptor-size-wrong", described({ data: text, wrong: { size: 1 } })),
    change("descriptor-packed-size-wrong", described({ data: text, wrong: { compressedSize: 1 } })),
    change("descriptor-missing", { ...described({ data: text }), trailer: Buffer.alloc(0) }),
    change("descriptor-twice", twice()),
    { name: "stream-descriptor-ambiguous-plain", taco: signed(described({ data: ambiguous, form: "plain" })) },
    { name: "stream-descriptor-ambiguous-signed", taco: signed(described({ data: ambiguous })) },
    { name: "stream-manifest-second", taco: jar({ entries: (entries) => [entry("META-INF/", ""), ...entries] }) },
    { name: "stream-manifest-second-lower", taco: jar({ entries: (entries) => [entry("meta-inf/", ""), ...entries] }) },
    { name: "stream-manifest-third", taco: jar({ entries: (entries) => [entry("META-INF/", ""), entry("folder/", ""), ...entries] }) },
    { name: "stream-manifest-behind-long-extra", taco: jar({ entries: ([first = entry("x", ""), ...rest]) => [entry("META-INF/", ""), { ...first, both: { extra: extraField(0xcafe) } }, ...rest] }) },
    { name: "stream-index-before-manifest", taco: jar({ entries: (entries) => [entry("META-INF/INDEX.LIST", "JarIndex-Version: 1.0\r\n\r\n"), ...entries] }) },
    { name: "stream-signature-after-files", taco: jar({ entries: ([manifest = entry("x", ""), file = entry("x", ""), block = entry("x", ""), ...rest]) => [manifest, ...rest, file, block] }) },
    { name: "stream-files-before-manifest", taco: jar({ entries: (entries) => [...entries.slice(3), ...entries.slice(0, 3)] }) },
    { name: "stream-stored-all", taco: jar({ entries: (entries) => entries.map((one) => ({ ...one, method: 0 as const })) }) },
    change("stored-empty", { data: script, method: 0, local: { size: 0, compressedSize: 0 } }),
    change("stored-size-larger-local", { method: 0, local: { size: 500, compressedSize: 500 } }),
    change("stored-size-smaller-local", { method: 0, local: { size: 5, compressedSize: 5 } }),
    change("stored-crc-wrong-local", { method: 0, local: { crc: 1 } }),
    change("stored-packed-size-differs", { method: 0, both: { compressedSize: 5 } }),
    change("deflated-two-streams", { packed: Buffer.concat([deflateRawSync(script), deflateRawSync("more")]) }),
    change("local-signature-broken", { local: { name: Buffer.from("x") } }),
  ]; // prettier-ignore
}

function twice(): Partial<EntrySpec> {
  const one = described({ data: text });
  return { ...one, trailer: Buffer.concat([one.trailer ?? text, one.trailer ?? text]) };
}

/** A package in which the builder is another file, signed as it is. */
function signed(fields: Partial<EntrySpec>): Buffer {
  const data = Buffer.from(fields.data ?? "");
  return jar({ files: [{ name: target, data }], entries: (entries) => replaceIn(entries, target, (one) => ({ ...one, ...fields })) });
}

/** Text whose CRC-32 is that number: four bytes at its end make it so. */
function withCrc(wanted: number): Buffer {
  const start = Buffer.from("// four bytes of this file make its CRC what it is: ");
  let register = ~wanted >>> 0;
  const bytes = Buffer.alloc(4);
  // Backwards through the table of the polynomial, byte by byte.
  const step = Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit++) {
      value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ 0xedb88320;
    }
    return value >>> 0;
  });
  for (let at = 0; at < 4; at++) {
    const index = step.findIndex((value) => value >>> 24 === register >>> 24);
    register = (((register ^ (step[index] ?? 0)) << 8) | index) >>> 0;
  }
  bytes.writeUInt32LE((register ^ ~crc32(start)) >>> 0);
  return Buffer.concat([start, bytes]);
}
