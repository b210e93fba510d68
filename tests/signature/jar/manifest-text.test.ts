import fc from "fast-check";
import { ManifestSections } from "../../../provider/signature/jar/manifest-sections";
import type { Attribute, Attributes } from "../../../provider/signature/jar/attributes";
import { parseManifestText } from "../../../provider/signature/jar/manifest-text";
import type { ManifestText } from "../../../provider/signature/jar/manifest-text";
import { ManifestTextError } from "../../../provider/signature/jar/manifest-text-error";
import { header, section } from "../../../scripts/signature/build/jar";

const read = (text: string | Buffer) => parseManifestText(Buffer.from(text));
const all = (attributes: Attributes | undefined): ReadonlyMap<string, Attribute> => attributes?.select(() => true) ?? new Map();
const namesOf = ({ sections }: ManifestText): string[] => [...sections].map(([name]) => name);
const sectionOf = ({ sections }: ManifestText, name: string): Attributes | undefined => sections.among(new Set([name])).get(name);

describe("parseManifestText", () => {
  it("reads main attributes and sections", () => {
    const text = read("Manifest-Version: 1.0\r\nA: b\r\n\r\nName: x\r\nC: d\r\n\r\n");
    expect(text.main.get("MANIFEST-VERSION")).toEqual({ name: "Manifest-Version", value: "1.0" });
    expect(sectionOf(text, "x")?.get("C")?.value).toBe("d");
  });

  it("keeps the first spelling and the last value of a key", () => {
    expect(read("Key: 1\nKEY: 2\n").main.get("KEY")).toEqual({ name: "Key", value: "2" });
  });

  it("merges sections of one name", () => {
    const text = read("A: b\n\nName: x\nC: d\n\nName: y\n\nName: x\nc: e\nE: f\n\n");
    expect([...all(sectionOf(text, "x")).values()]).toEqual([
      { name: "C", value: "e" },
      { name: "E", value: "f" },
    ]);
    expect(namesOf(text)).toEqual(["x", "y"]);
    expect([...text.sections].map(([, attributes]) => [...attributes.keys()])).toEqual([["C", "C", "E"], []]);
  });

  it.each(["\n", "\r", "\r\n"])("takes %j as the end of a line", (end) => {
    expect(sectionOf(read(["A: b", "C: d", "", "Name: x", "E: f", "", ""].join(end)), "x")?.get("E")?.value).toBe("f");
  });

  it("does not see a last line without its end", () => {
    expect([...read("A: b\nC: d").main.keys()]).toEqual(["A"]);
    expect([...read("A: b\n c").main.keys()]).toEqual([]);
    expect(namesOf(read("A: b\n\nName: x\n\nName: y"))).toEqual(["x"]);
    expect(namesOf(read("A: b\n\nName: x\n\nName: y\n z"))).toEqual(["x"]);
  });

  it.each([
    ["a line without a colon", "A b\n"],
    ["a colon without a space", "A:b\n"],
    ["a colon at the end", "A:\n"],
    ["an empty key", ": b\n"],
    ["a key with a dot", "a.b: c\n"],
    ["a key of 71 characters", `${"k".repeat(71)}: c\n`],
    ["a continuation of nothing", " a\n"],
    ["a continuation behind a blank line", "A: b\n\n c\n"],
    ["a section without a name", "A: b\n\nC: d\n"],
    ["a line of 512 bytes and its end", `A: ${"x".repeat(509)}\n`],
    ["a key that is not ASCII", "\u00c4: b\n"],
  ])("refuses %s", (_, text) => {
    expect(() => read(text)).toThrow(ManifestTextError);
  });

  it("takes a line that fits 512 bytes with its end", () => {
    expect(read(`A: ${"x".repeat(508)}\n`).main.get("A")?.value).toHaveLength(508);
    expect([...read(`${"k".repeat(70)}: c\n`).main.keys()]).toHaveLength(1);
  });

  const value = fc.string({ unit: "binary", maxLength: 300 }).map((text) => text.replace(/[\0\r\n\ud800-\udfff]/gu, "x"));
  const key = fc.stringMatching(/^[A-Za-z0-9_-]{1,60}$/).filter((text) => !/^name$/i.test(text));

  it("reads back what is folded at 72 bytes, characters split in two included", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name.toUpperCase(), maxLength: 8 }),
        value,
        (attributes, name) => {
          const main = `${header("Manifest-Version", "1.0")}\r\n`;
          const parsed = parseManifestText(Buffer.from(main + section(name, attributes), "latin1"));
          expect([...all(sectionOf(parsed, name)).values()]).toEqual(attributes.map(([one, text]) => ({ name: one, value: text })));
        },
      ),
    );
  });

  it("finds the raw bytes of the same sections that it reads", () => {
    fc.assert(
      fc.property(fc.uniqueArray(value, { maxLength: 6 }), fc.constantFrom("\r\n", "\n", "\r"), (names, end) => {
        const texts = names.map((name) => section(name, [["SHA-256-Digest", "AAAA"]], end));
        const bytes = Buffer.from(`Manifest-Version: 1.0${end}${end}${texts.join("")}`, "latin1");
        const sections = new ManifestSections(bytes);
        for (const [index, name] of names.entries()) {
          const [found] = sections.get(name) ?? [];
          expect(bytes.subarray(found?.start, found?.endWithBlank).toString("latin1")).toBe(texts[index]);
        }
        expect(namesOf(parseManifestText(bytes)).sort()).toEqual([...names].sort());
      }),
    );
  });

  it("throws nothing but its own error, and never hangs", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."AName: \r\n=x"), maxLength: 400 }), (text) => {
        try {
          read(text);
          new ManifestSections(Buffer.from(text));
        } catch (error) {
          expect(error).toBeInstanceOf(ManifestTextError);
        }
      }),
    );
  });
});
