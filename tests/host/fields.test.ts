import * as fields from "../../provider/host/fields";
import { answerLimits } from "../../provider/host/limits";

const one = <T>(field: fields.Field<T>, text: string): T | undefined => field.read([text]);

test.each<[string, object | undefined]>([
  ["755 root wheel", { mode: "0755", owner: "root", group: "wheel", identity: null }],
  ["1777 me domain users", { mode: "1777", owner: "me", group: "domain users", identity: null }],
  ["755 me domain users 64768-12", { mode: "0755", owner: "me", group: "domain users", identity: "64768-12" }],
  [
    "755 me g 12345678901234567890-123456789012.123456789",
    { mode: "0755", owner: "me", group: "g", identity: "12345678901234567890-123456789012.123456789" },
  ],
  ["755 me g 1-2.5", { mode: "0755", owner: "me", group: "g", identity: "1-2.5" }],
  // No identity is a part of a group's name.
  ["755 me 1-2", { mode: "0755", owner: "me", group: "1-2", identity: null }],
  ["755 me g x1-2", { mode: "0755", owner: "me", group: "g x1-2", identity: null }],
  ["755 me g 1-2x", { mode: "0755", owner: "me", group: "g 1-2x", identity: null }],
  ["755 me g a-2", { mode: "0755", owner: "me", group: "g a-2", identity: null }],
  ["755 me g 1-a", { mode: "0755", owner: "me", group: "g 1-a", identity: null }],
  ["755 me g 1-2.a", { mode: "0755", owner: "me", group: "g 1-2.a", identity: null }],
  ["755 me g 123456789012345678901-2", { mode: "0755", owner: "me", group: "g 123456789012345678901-2", identity: null }],
  [`7 ${"m".repeat(256)} ${"g".repeat(256)}`, { mode: "0007", owner: "m".repeat(256), group: "g".repeat(256), identity: null }],
  ["755 m\x1b g\x07", { mode: "0755", owner: "m\udc1b", group: "g\udc07", identity: null }],
  [`7 ${"m".repeat(257)} g`, undefined],
  [`7 m ${"g".repeat(257)}`, undefined],
  ["", undefined],
  ["888 me g", undefined],
  ["00755 me g", undefined],
  [" 755 me g", undefined],
  ["x755 me g", undefined],
  ["755 me", undefined],
  ["755  me g", undefined],
  ["755 me  g", undefined],
  ["755 me g\n", undefined],
])("a folder's %j", (text, expected) => {
  expect(one(fields.folder, text)).toEqual(expected);
});

test.each<[string, object | undefined]>([
  ["644 root root 12 1732884576.123456789", { mode: "0644", owner: "root", group: "root", changedAt: Number("1732884576.123456789"), means: "change" }],
  ["0 me domain users 1234567890123456 -123456789012", { mode: "0000", owner: "me", group: "domain users", changedAt: -123456789012, means: "change" }],
  ["0644 me g 12 5 written", { mode: "0644", owner: "me", group: "g", changedAt: 5, means: "writing" }],
  ["644 me g 9007199254740991 5", { mode: "0644", owner: "me", group: "g", changedAt: 5, means: "change" }],
  ["644 m\x1b g\x07 1 5", { mode: "0644", owner: "m\udc1b", group: "g\udc07", changedAt: 5, means: "change" }],
  [`7 ${"m".repeat(256)} ${"g".repeat(256)} 1 2.5`, { mode: "0007", owner: "m".repeat(256), group: "g".repeat(256), changedAt: 2.5, means: "change" }],
  ["644 me g 9007199254740992 5", undefined],
  ["644 me g 12345678901234567 5", undefined],
  ["644 me g a 5", undefined],
  ["644 me g 1 a", undefined],
  ["644 me g 1 5.", undefined],
  ["644 me g 1 5.a", undefined],
  ["644 me g 1 5.1234567890", undefined],
  ["644 me g 1 1234567890123", undefined],
  ["644 me g 1 --5", undefined],
  ["644 me g 1 5 read", undefined],
  ["644 me g 1 5 writtenx", undefined],
  ["644 me g 5", undefined],
  ["", undefined],
  ["844 me g 1 5", undefined],
  ["00644 me g 1 5", undefined],
  ["x644 me g 1 5", undefined],
  ["644  me g 1 5", undefined],
  ["644 me  g 1 5", undefined],
  [`7 ${"m".repeat(257)} g 1 5`, undefined],
  [`7 m ${"g".repeat(257)} 1 5`, undefined],
])("a file's %j", (text, expected) => {
  expect(one(fields.stat, text)).toEqual(expected);
}); // prettier-ignore

test.each<[string, fields.Field<unknown>, string, unknown]>([
  ["user", fields.userName, "x".repeat(256), "x".repeat(256)],
  ["user, in bytes", fields.userName, `${"ä".repeat(128)}x`, undefined],
  ["file", fields.fileName, "x".repeat(1024), "x".repeat(1024)],
  ["file, in bytes", fields.fileName, `${"ä".repeat(512)}x`, undefined],
  ["path", fields.path, `/${"x".repeat(4095)}`, `/${"x".repeat(4095)}`],
  ["phrase", fields.phrase(3), "abc", "abc"],
  ["phrase that is too long", fields.phrase(3), "abcd", undefined],
  ["text", fields.longText(3), "a\nb", "a\nb"],
  ["text that is too long", fields.longText(3), "a\nbc", undefined],
  ["number", fields.count(Infinity), "9007199254740991", Number.MAX_SAFE_INTEGER],
  ["number of too many digits", fields.count(Infinity), "99999999999999999", undefined],
])("the longest %s", (_name, field, text, expected) => {
  expect(one(field, text)).toBe(expected);
});

test("what an error tells of a text is its length, of a name itself", () => {
  expect([fields.phrase(1), fields.longText(1), fields.bytes(1), fields.path, fields.asked([])].map(({ shows }) => shows)).toEqual([
    ...["length", "length", "length"],
    ...["value", "value"],
  ]);
});

test.each([
  ["", 0, false],
  ["a", 0, false],
  ["\n", 0, true],
  ["a\r", 0, true],
  ["a\nb\n", 2, false],
  ["a\nb\n\n", 2, true],
  ["\r\n\r", 2, true],
  ["\r\rabc", 2, false],
  ["a\nb", 1, false],
  ["\n\n\n", 3, false],
])("whether %j has more than %d line ends: %s", (text, most, expected) => {
  expect(fields.hasMoreLines(text, most)).toBe(expected);
});

test("a long text has few lines", () => {
  const { textLines } = answerLimits;
  const [right, wrong] = ["\n".repeat(textLines), "\n".repeat(textLines + 1)];
  expect(one(fields.longText(textLines + 1), right)).toBe(right);
  expect(one(fields.longText(textLines + 1), wrong)).toBeUndefined();
});

test.each<[number, string, string | undefined]>([
  [3, "AAEC", "000102"],
  [3, "AAE=", "0001"],
  [3, "AA==", "00"],
  [3, "", ""],
  [2, "AAE=", "0001"],
  // As long as the longest, in characters.
  [2, "AAEC", undefined],
  [3, "AAECAA==", undefined],
  [6, "AAEC====", undefined],
  [6, "AAEC\n\n\n\n", undefined],
  [6, "AAE", undefined],
  [6, "AAECA", undefined],
  [6, "=AEC", undefined],
  [6, "AA=C", undefined],
])("of %d bytes at most %j is %j", (most, text, hex) => {
  expect(one(fields.bytes(most), text)?.toString("hex")).toBe(hex);
});

test("bytes are bounded before they are decoded", () => {
  const decode = jest.spyOn(Buffer, "from");
  const read = one(fields.bytes(3), "A".repeat(8));
  const decoded = decode.mock.calls.length;
  decode.mockRestore();
  expect({ read, decoded }).toEqual({ read: undefined, decoded: 0 });
});

test("one of those asked for is told as it was asked for", () => {
  const field = fields.asked(["/a", "/b\udc0a"]);
  expect(one(field, "/a")).toBe("/a");
  expect(one(field, "/b\n")).toBe("/b\udc0a");
  expect(one(field, "/b\udc0a")).toBe("/b\udc0a");
  expect(one(field, "/b")).toBeUndefined();
});

test("one of two forms is the first that it is", () => {
  const field = fields.either(fields.count(9), fields.word("none"));
  expect(["3", "none", "10"].map((text) => one(field, text))).toEqual([3, "none", undefined]);
  expect(field.expected).toBe('a number up to 9, or "none"');
});

test("nothing is a value where the form says so, and a missing field is none", () => {
  const [empty, absent] = [fields.orEmpty(fields.count(9)), fields.orAbsent(fields.count(9))];
  expect([empty.read([""]), empty.read(["3"]), empty.read([])]).toEqual([null, 3, undefined]);
  expect([absent.read([]), absent.read(["3"]), absent.read([""])]).toEqual([null, 3, undefined]);
});

test("fields of one kind are all of it", () => {
  const field = fields.each(2, fields.count(9));
  expect([field.read([]), field.read(["1", "2"]), field.read(["1", "a"]), field.read(["1", "2", "3"])]).toEqual([
    [],
    [1, 2],
    undefined,
    undefined,
  ]);
});

test("several words in one field are as many as it has forms", () => {
  const field = fields.parted(fields.count(9), fields.word("a"));
  expect(["1 a", "1 a ", "1 a a", "1", "a 1"].map((text) => one(field, text))).toEqual([
    [1, "a"],
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(field.expected).toBe('a number up to 9, then "a"');
});
