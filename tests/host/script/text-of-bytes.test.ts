import fc from "fast-check";
import { bytesOfText } from "../../../provider/host/script/bytes-of-text";
import { textOfBytes } from "../../../provider/host/script/text-of-bytes";

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
// The bytes at which the rules of UTF-8 change.
const edges = [
  0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbb, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf4, 0xf5,
  0xff,
];
const bytes = fc.array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...edges) }, fc.nat(255)), { maxLength: 12 });

test("tells bytes that are no UTF-8 from those that are as a strict decoder does, and loses none", () => {
  fc.assert(
    fc.property(bytes, (values) => {
      const given = Buffer.from(values);
      const text = textOfBytes(given);
      expect(text).toBe(byDecoder(given));
      expect(bytesOfText(text).equals(given)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

// The last character of four bytes, the mark of UTF-8, and what is none.
test.each([
  ["f48fbfbf", "\u{10ffff}"],
  ["f4908080", "\udcf4\udc90\udc80\udc80"],
  ["efbbbf41", "\ufeffA"],
  ["ff41c3a4", "\udcffA\u00e4"],
  ["41ff", "A\udcff"],
])("%s is %j", (hex, text) => {
  expect(textOfBytes(Buffer.from(hex, "hex"))).toBe(text);
  expect(bytesOfText(text).toString("hex")).toBe(hex);
});

test.each([
  ["\udc01", "01"],
  ["a\udcff\u00e4", "61ffc3a4"],
])("%j stands for bytes", (text, hex) => {
  expect(bytesOfText(text).toString("hex")).toBe(hex);
});

test.each([
  ["a\udc00", "U+DC00"],
  ["\udd00", "U+DD00"],
  ["\ud83d", "U+D83D"],
])("%j stands for none", (text, named) => {
  const write = (): unknown => bytesOfText(text);
  expect(write).toThrow(named);
});

/** The same by trying each length at each place. */
function byDecoder(given: Buffer): string {
  if (given.length === 0) return "";
  for (const length of [1, 2, 3, 4]) {
    const decoded = decode(given.subarray(0, length));
    if (length <= given.length && decoded !== undefined) return decoded + byDecoder(given.subarray(length));
  }
  return String.fromCharCode(0xdc00 + (given[0] ?? 0)) + byDecoder(given.subarray(1));
}

function decode(given: Buffer): string | undefined {
  try {
    return strict.decode(given);
  } catch {
    return undefined;
  }
}
