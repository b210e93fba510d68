import type { EndFields, EntrySpec, HeaderFields } from "../../../tests/taco/zip-builder";
import { entry } from "../build/jar";
import { files, jar } from "../cases/case";
import { extraField } from "../../../tests/taco/zip/records";
import { unicodeField } from "../cases/readers";
import { described } from "../cases/streams";
import type { Random } from "./random";

const tags = [
  0x0001, 0x0007, 0x0009, 0x000a, 0x000d, 0x0017, 0x5455, 0x5855, 0x6375, 0x7075, 0x756e, 0x7855, 0x7875, 0x9901, 0xa220, 0xcafe, 0xd935, 0,
] as const;
const lengths = [0, 0, 1, 4, 5, 8, 9, 11, 12, 13, 16, 24, 28, 32] as const;
const modes = [0, 0o644, 0o100644, 0o100755, 0o040755, 0o120777, 0o010644, 0o020644, 0o060644, 0o140644, 0o104755, 0xffff] as const;
const hosts = [0, 3, 3, 10, 11, 14, 19, 1, 2, 6, 7, 13, 16, 17, 18, 20, 30, 255] as const;
const forms = ["signed", "plain", "wide", "wide-plain"] as const;
const locals = ["zeros", "truth", "saturated", "saturated-zip64", "zip64"] as const;
const oddNames = [
  "folder/",
  "\u00fcbersicht.js",
  "e\u0301.js",
  "a/b/c.js",
  "MANIFEST.XML",
  "manifest.xml/x",
  "a\\b.js",
  "./x.js",
  "/x.js",
  "META-INF/x.txt",
  "META-INF/INDEX.LIST",
  "META-INF/",
  "meta-inf/manifest.mf",
  "con.js",
  "x ",
  ".x",
  "a\u200b.js",
] as const;

/** A signed package written by an odd tool: extra fields, attributes, descriptors, flags and orders at random, each in one header or in both. */
export function shapeZip(random: Random): Buffer {
  const more = random.below(3) === 0 ? [{ name: random.pick(oddNames), data: "" }] : [];
  const all = [...files, ...more.map(({ name }) => ({ name, data: name.endsWith("/") ? "" : "more\n" }))];
  return jar({
    files: all,
    entries: (entries) => arrange(entries, random).map((one) => (random.below(3) === 0 ? one : shape(one, random))),
    end: random.below(12) === 0 ? endOf(random) : {},
  });
}

function arrange(entries: readonly EntrySpec[], random: Random): readonly EntrySpec[] {
  const [first = entry("x", ""), ...rest] = entries;
  switch (random.below(8)) {
    case 0:
      return [entry("META-INF/", ""), ...entries];
    case 1:
      return [...rest, first];
    case 2:
      return [first, ...[...rest].reverse()];
    default:
      return entries;
  }
}

function shape(one: EntrySpec, random: Random): EntrySpec {
  const data = Buffer.from(one.data ?? "");
  switch (random.below(9)) {
    case 0:
    case 1:
      return { ...one, ...placed({ extra: extras(one.name, random) }, random) };
    case 2:
      return {
        ...one,
        central: {
          madeBy: (random.pick(hosts) << 8) | 20,
          attributes: (random.pick(modes) * 65536 + random.pick([0, 0, 0x10, 0x20, 1, 8, 0x40, 0x400])) >>> 0,
        },
      };
    case 3:
    case 4: {
      const wrong = random.below(8) === 0 ? { [random.pick(["crc", "size", "compressedSize"])]: 1 } : {};
      return {
        ...one,
        ...described({
          data,
          method: random.pick([8, 8, 8, 0]),
          form: random.pick(forms),
          local: random.pick(["zeros", "zeros", ...locals]),
          wrong,
        }),
      };
    }
    case 5:
      return { ...one, method: 0 };
    case 6:
      return { ...one, ...placed({ flags: random.pick([0x800, 2, 4, 6, 0x10, 0x40, 0x2000, 0x808]) }, random) };
    case 7:
      return { ...one, ...placed({ versionNeeded: random.pick([10, 20, 45, 46, 51, 63, 0x0214, 0xffff]) }, random) };
    default:
      return random.below(2) === 0
        ? { ...one, central: { comment: random.bytes(random.below(6)) } }
        : { ...one, ...placed(sizes(data, random), random) };
  }
}

/** In both headers, or in one of them. */
function placed(fields: HeaderFields, random: Random): Partial<EntrySpec> {
  return { [random.pick(["both", "both", "local", "central"] as const)]: fields };
}

function sizes(data: Buffer, random: Random): HeaderFields {
  return random.pick<HeaderFields>([
    { size: data.length + 1 },
    { compressedSize: 0xffffffff, size: 0xffffffff },
    { crc: 0 },
    { size: 0, compressedSize: 0, crc: 0 },
  ]);
}

function extras(name: string, random: Random): Buffer {
  const fields = Array.from({ length: 1 + random.below(3) }, () => field(name, random));
  return random.below(10) === 0 ? Buffer.concat([...fields, random.bytes(1 + random.below(5))]) : Buffer.concat(fields);
}

function field(name: string, random: Random): Buffer {
  switch (random.below(6)) {
    case 0:
      return unicodeField(random.pick([0x7075, 0x6375]), name, random.pick(["manifest.xml", "connectionFields.xml", "../x", name]));
    case 1:
      return extraField(0x5455, [1, ...random.bytes(4)]);
    case 2:
      return extraField(0xcafe);
    case 3:
      return extraField(0x7875, [1, 4, 0, 0, 0, 0, 4, 0, 0, 0, 0]);
    default:
      return extraField(random.pick(tags), random.bytes(random.pick(lengths)));
  }
}

function endOf(random: Random): EndFields {
  return random.pick<EndFields>([
    { prefix: random.bytes(4) },
    { suffix: random.bytes(4) },
    { comment: random.bytes(4) },
    { count: random.below(9) },
    { beforeEnd: random.bytes(20) },
  ]);
}
