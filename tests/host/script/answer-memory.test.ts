import { AnswerReader } from "../../../provider/host/script/answer";
import { answerLimits } from "../../../provider/host/limits";
import { markStart } from "../../../provider/host/script/prelude";

const nonce = "0123456789abcdef";
const mark = markStart(nonce);
const begin = `\n${mark}begin>>\n`;

describe("what AnswerReader takes of memory", () => {
  test("keeps little of endless noise and ends it", () => {
    const reader = new AnswerReader(nonce, () => undefined, { ...answerLimits, noiseBytes: 10_000_000 });
    const chunk = Buffer.alloc(1_000_000, "x");
    expect(() => {
      for (let i = 0; i < 100; i += 1) reader.push(chunk);
    }).toThrow("more than 10000000 bytes are no record");
    expect(reader.noise).toHaveLength(answerLimits.noiseKept);
  });

  test.each([
    ["a million records of nothing", `${mark}2>>\ta\n`],
    ["records of many fields", `${mark}1024>>${"\ta".repeat(512)}\n`],
    ["one record of a million fields", `${mark}2000000>>${"\ta".repeat(1_000_000)}\n`],
  ])("counts what is held: %s", (_name, record) => {
    let records = 0;
    const reader = new AnswerReader(nonce, () => (records += 1), { ...answerLimits, heldBytes: 4 * 1024 * 1024 });
    reader.push(Buffer.from(begin));
    const some = Buffer.from(record.repeat(Math.ceil(500_000 / record.length)));
    expect(() => {
      for (let i = 0; i < 100; i += 1) reader.push(some);
    }).toThrow(/take more than 4194304 bytes|more than 1024 fields/);
    expect(records).toBeLessThan(50_000);
  });

  test("does not hold more than twice of what has come, however small the pieces are", () => {
    const bytes = Buffer.from(`${begin}${mark}2000000>>\ta\t${"x".repeat(1_999_997)}\n`);
    const allocated = jest.spyOn(Buffer, "allocUnsafe");
    const read: number[] = [];
    const reader = new AnswerReader(nonce, ([, text = ""]) => read.push(text.length));
    for (let at = 0; at < bytes.length; at += 7) reader.push(bytes.subarray(at, at + 7));
    const sizes = allocated.mock.calls.map(([size]) => size);
    allocated.mockRestore();
    expect(read).toEqual([1_999_997]);
    expect(Math.max(...sizes)).toBeLessThan(4_100_000);
    // Each byte is copied a few times and no more.
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(8_200_000);
  });

  test("takes no memory for a record that is only announced", () => {
    const allocated = jest.spyOn(Buffer, "allocUnsafe");
    const reader = new AnswerReader(nonce, () => undefined);
    reader.push(Buffer.from(`${begin}${mark}9000000>>\ta`));
    reader.push(Buffer.from("b"));
    const sizes = allocated.mock.calls.map(([size]) => size);
    allocated.mockRestore();
    expect(Math.max(0, ...sizes)).toBeLessThan(1000);
  });
});
