import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { AnswerReader } from "../../provider/host/answer";
import { answerLimits } from "../../provider/host/limits";
import { markStart } from "../../provider/host/script-prelude";

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

  test("keeps little of endless noise and ends it", () => {
    const reader = new AnswerReader(nonce, () => undefined, { ...answerLimits, noiseBytes: 10_000_000 });
    const chunk = Buffer.alloc(1_000_000, "x");
    expect(() => {
      for (let i = 0; i < 100; i += 1) reader.push(chunk);
    }).toThrow("more than 10000000 bytes are no record");
    expect(reader.noise).toHaveLength(answerLimits.noiseKept);
  });

  test("ends records that are too long, alone and together", () => {
    const limits = { ...answerLimits, recordBytes: 1000, totalRecordBytes: 5000 };
    const long = new AnswerReader(nonce, () => undefined, limits);
    expect(() => long.push(Buffer.from(`${begin}${mark}1001>>`))).toThrow("longer than 1000");
    const many = new AnswerReader(nonce, () => undefined, limits);
    many.push(Buffer.from(begin));
    const record = Buffer.from(`${mark}900>>\ta\t${"x".repeat(897)}\n`);
    expect(() => {
      for (let i = 0; i < 6; i += 1) many.push(record);
    }).toThrow("longer than 5000");
  });
});

function pieces(bytes: Buffer, how: "whole" | "byte by byte" | "in random pieces"): readonly Buffer[] {
  if (how === "whole") return [bytes];
  const cut: Buffer[] = [];
  const size = (at: number): number => (how === "byte by byte" ? 1 : 1 + ((at * 7919) % 23));
  for (let at = 0; at < bytes.length; at += size(at)) cut.push(bytes.subarray(at, at + size(at)));
  return cut;
}
