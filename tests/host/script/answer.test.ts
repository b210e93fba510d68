import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { AnswerReader } from "../../../provider/host/script/answer";
import { answerLimits } from "../../../provider/host/limits";
import { markStart } from "../../../provider/host/script/prelude";

const nonce = "0123456789abcdef";
const folder = join(__dirname, "transcripts");
const names = readdirSync(folder).flatMap((name) => (name.endsWith(".out") ? [name.slice(0, -4)] : []));
const mark = markStart(nonce);
const begin = `\n${mark}begin>>\n`;

interface Expected {
  readonly records?: readonly (readonly string[])[];
  readonly state?: unknown;
  readonly unreadable?: string;
}

describe("AnswerReader", () => {
  describe.each(["whole", "byte by byte", "in random pieces"] as const)("fed %s", (how) => {
    test.each(names)("%s", (name) => {
      const expected = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as Expected;
      const records: unknown[] = [];
      const reader = new AnswerReader(nonce, (record) => records.push(record));
      const feed = (): void => pieces(readFileSync(join(folder, `${name}.out`)), how).forEach((piece) => reader.push(piece));
      if (expected.unreadable === undefined) {
        feed();
        expect({ records, state: reader.state }).toEqual(expected);
      } else {
        expect(feed).toThrow(expected.unreadable);
      }
    });
  });

  test("never throws anything else, whatever comes", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }).map((each) => Buffer.from(each)),
      fc.constantFrom(mark, begin, `${mark}4>>`, `${mark}end 0>>\n`, "\t", "\n", "0x", ">>").map((each) => Buffer.from(each)),
    );
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 20 }), (chunks) => {
        const reader = new AnswerReader(nonce, () => undefined);
        try {
          chunks.forEach((chunk) => reader.push(chunk));
        } catch (error) {
          expect(error).toMatchObject({ name: "UnreadableAnswer" });
        }
      }),
    );
  });

  test.each<[string, number, string | undefined]>([
    ["as much as there may be", 100, undefined],
    ["a byte more", 101, "more than 100 bytes are no record"],
  ])("noise: %s", (_name, length, message) => {
    const reader = new AnswerReader(nonce, () => undefined, { ...answerLimits, noiseBytes: 100, noiseKept: 10 });
    const feed = (): void => reader.push(Buffer.from(`${"0123456789abcdef".repeat(9).slice(0, length)}${begin.slice(1)}`));
    if (message === undefined) feed();
    else expect(feed).toThrow(message);
    expect(reader.noise).toBe("0123456789");
  });

  test("noise in pieces is told from its beginning, with what may still become a mark", () => {
    const reader = new AnswerReader(nonce, () => undefined, { ...answerLimits, noiseKept: 50 });
    reader.push(Buffer.from("one "));
    expect(reader.noise).toBe("one ");
    reader.push(Buffer.from("two "));
    expect(reader.noise).toBe("one two ");
    reader.push(Buffer.from(mark.slice(0, 5)));
    expect(reader.noise).toBe(`one two ${mark.slice(0, 5)}`);
    reader.push(Buffer.from("x".repeat(100)));
    expect(reader.noise).toBe(`one two ${mark.slice(0, 5)}${"x".repeat(100)}`.slice(0, 50));
  });

  test("nothing behind the end mark is looked at", () => {
    const records: unknown[] = [];
    const reader = new AnswerReader(nonce, (record) => records.push(record));
    reader.push(Buffer.from(`${begin}${mark}2>>\ta\n${mark}end 7>>\n${mark}2>>\tb\n`));
    reader.push(Buffer.from(`${mark}bad>>`));
    expect({ records, state: reader.state }).toEqual({ records: [["a"]], state: { kind: "ended", status: 7 } });
  });

  test.each<[string, string, string]>([
    ["a status of four digits", `${begin}${mark}end 1000>>`, 'a mark says "end 1000"'],
    ["a status that is none", `${begin}${mark}end x>>`, 'a mark says "end x"'],
    ["a word before the end", `${begin}${mark}the end 0>>`, 'a mark says "the end 0"'],
    ["a length with a sign", `${begin}${mark}-1>>`, 'a mark says "-1"'],
    ["a length and a word", `${begin}${mark}1 a>>`, 'a mark says "1 a"'],
    ["a second begin", `${begin}${begin}`, "the mark begin is out of place"],
    ["an end before the begin", `${mark}end 0>>`, "the mark end 0 is out of place"],
    ["a word of 25 letters", `${mark}${"x".repeat(25)}>>`, "a mark is not closed"],
    ["a word of 24 letters", `${mark}${"x".repeat(24)}>>`, `a mark says "${"x".repeat(24)}"`],
  ])("refuses %s", (_name, text, message) => {
    expect(() => new AnswerReader(nonce, () => undefined).push(Buffer.from(text))).toThrow(message);
  });

  test("a mark that is not closed yet is waited for", () => {
    const reader = new AnswerReader(nonce, () => undefined);
    reader.push(Buffer.from(`${mark}${"x".repeat(24)}>`));
    expect(reader.state).toEqual({ kind: "waiting" });
    expect(() => reader.push(Buffer.from("x"))).toThrow("a mark is not closed");
  });

  // A record costs 64 bytes, and each of its fields 40 and its text.
  test.each<[string, number, number, string | undefined]>([
    ["as long as a record may be", 1000, 5000, undefined],
    ["longer than a record may be", 999, 5000, "a record of 1000 bytes is longer than 999"],
    ["longer than all may be", 5000, 999, "a record of 1000 bytes is longer than 999"],
    ["as much as may be held", 5000, 64 + 40 + 999, undefined],
    ["more than may be held", 5000, 64 + 40 + 998, "the records take more than 1102 bytes"],
  ])("a record %s", (_name, recordBytes, heldBytes, message) => {
    const reader = new AnswerReader(nonce, () => undefined, { ...answerLimits, recordBytes, heldBytes });
    const feed = (): void => reader.push(Buffer.from(`${begin}${mark}1000>>\t${"x".repeat(999)}\n${mark}end 0>>\n`));
    if (message !== undefined) return expect(feed).toThrow(message);
    feed();
    expect(reader.state).toEqual({ kind: "ended", status: 0 });
  });

  test("ends records that are too long, alone and together", () => {
    const limits = { ...answerLimits, recordBytes: 1000, heldBytes: 5000 };
    const long = new AnswerReader(nonce, () => undefined, limits);
    expect(() => long.push(Buffer.from(`${begin}${mark}1001>>`))).toThrow("longer than 1000");
    const many = new AnswerReader(nonce, () => undefined, limits);
    many.push(Buffer.from(begin));
    const record = Buffer.from(`${mark}900>>\ta\t${"x".repeat(897)}\n`);
    expect(() => {
      for (let i = 0; i < 6; i += 1) many.push(record);
    }).toThrow("more than 5000 bytes");
  });
});

function pieces(bytes: Buffer, how: "whole" | "byte by byte" | "in random pieces"): readonly Buffer[] {
  if (how === "whole") return [bytes];
  const cut: Buffer[] = [];
  const size = (at: number): number => (how === "byte by byte" ? 1 : 1 + ((at * 7919) % 23));
  for (let at = 0; at < bytes.length; at += size(at)) cut.push(bytes.subarray(at, at + size(at)));
  return cut;
}
