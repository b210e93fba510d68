import fc from "fast-check";
import * as fields from "../../provider/host/fields";
import { bytesOfText } from "../../provider/host/script/bytes-of-text";
import type { AnswerLine } from "../../provider/host/host";
import { last, many, maybe, once, ReplyReader } from "../../provider/host/reply";
import { UnreadableAnswer } from "../../provider/host/unreadable-answer";

const digest = "0123456789abcdef".repeat(4);

const form = {
  user: once({ name: fields.userName }),
  file: many(3, { folder: fields.asked(["/a", "/b"]), name: fields.fileName, sha256: fields.orEmpty(fields.sha256) }, ["folder", "name"]),
  note: maybe({ text: fields.longText(10), since: fields.orAbsent(fields.seconds) }),
  wants: maybe({ digests: fields.each(2, fields.sha256) }),
  end: last(),
};

const good: readonly AnswerLine[] = [
  ["user", "root"],
  ["file", "/a", "x.taco", digest],
  ["file", "/b", "x.taco", ""],
  ["note", "a\nb"],
  ["wants", digest, digest],
  ["end"],
];

function read(records: readonly AnswerLine[], status = 0): unknown {
  const reader = new ReplyReader(form);
  for (const record of records) reader.add(record);
  return reader.end(status);
}

test("what was declared is read, in its types", () => {
  expect(read(good)).toEqual({
    user: [{ name: "root" }],
    file: [
      { folder: "/a", name: "x.taco", sha256: digest },
      { folder: "/b", name: "x.taco", sha256: null },
    ],
    note: [{ text: "a\nb", since: null }],
    wants: [{ digests: [digest, digest] }],
    end: [{}],
  });
});

test.each<[string, readonly AnswerLine[], string]>([
  ["an unknown kind", [["other"], ...good], 'a line "other" is not known'],
  ["a kind that objects have by nature", [["__proto__"], ...good], "is not known"],
  ["another such", [["constructor", "x"], ...good], "is not known"],
  ["a line twice", [["user", "me"], ...good], 'more than 1 lines "user"'],
  ["the same file twice", [["file", "/a", "x.taco", digest], ...good], 'a line "file" comes twice'],
  ["too many", [["file", "/a", "1", ""], ["file", "/a", "2", ""], ...good], 'more than 3 lines "file"'],
  ["a line after the last", [...good, ["note", "x"]], 'a line "note" comes after the last'],
  ["a missing last line", good.slice(0, -1), 'the line "end" is missing'],
  ["a missing needed line", good.slice(1), 'the line "user" is missing'],
  ["too few fields", [["user"]], '"name" of a line "user" is missing, expected the name of a user or a group'],
  ["too many fields", [["user", "root", "x"]], 'a line "user" has 2 fields, expected 1'],
  ["what was not asked for", [["file", "/c", "x", ""]], '"folder" of a line "file" is "/c", expected one of those asked for'],
  ["a text that is too long", [["note", "x".repeat(11)]], "is 11 characters long, expected at most 10 characters in 100000 lines"],
  ["more than there may be", [["wants", digest, digest, digest]], "expected at most 2 fields"],
  ["an escape in a value", [["file", "\x1b[2J", "x", ""]], 'is "\\\\u001b[2J"'],
])("%s is refused", (_name, records, message) => {
  expect(() => read(records)).toThrow(UnreadableAnswer);
  expect(() => read(records)).toThrow(message);
});

test("a script that failed may have said less", () => {
  expect(read([["user", "root"]], 1)).toMatchObject({ user: [{ name: "root" }], end: [] });
});

test("lines that may come need not, and may be alike where nothing tells them apart", () => {
  const optional = { note: maybe({ text: fields.phrase(9) }), line: many(2, { text: fields.phrase(9) }) };
  const answer = (...records: readonly AnswerLine[]): unknown => {
    const reader = new ReplyReader(optional);
    for (const record of records) reader.add(record);
    return reader.end(0);
  };
  expect(answer()).toEqual({ note: [], line: [] });
  expect(answer(["line", "a"], ["line", "a"], ["note", "a"])).toEqual({ note: [{ text: "a" }], line: [{ text: "a" }, { text: "a" }] });
});

test("fields of one kind come after others", () => {
  const reader = new ReplyReader({ numbers: once({ name: fields.phrase(9), all: fields.each(3, fields.count(9)) }) });
  expect(reader.add(["numbers", "a", "1", "2"])).toEqual({ kind: "numbers", name: "a", all: [1, 2] });
  expect(reader.soFar).toEqual({ numbers: [{ name: "a", all: [1, 2] }] });
});

test("of what is told little is repeated", () => {
  const reader = new ReplyReader(form);
  expect(() => reader.add([`${"k".repeat(80)}x`])).toThrow(`a line "${"k".repeat(80)}" is not known`);
});

const one = <T>(field: fields.Field<T>, text: string): T | undefined => field.read([text]);

test.each<[string, fields.Field<unknown>, readonly string[], readonly string[]]>([
  ["sha256", fields.sha256, [digest], ["", digest.toUpperCase(), `${digest}\n`, `0x${digest}`, digest.slice(1), `${digest}0`, "../../x"]],
  ["word", fields.word("a", "b"), ["a", "b"], ["", "c", "A", "a ", "toString", "a\0"]],
  [
    "count",
    fields.count(100),
    ["0", "100", "007"],
    ["101", "-1", "1.5", "NaN", "Infinity", "1e2", "0x10", "", " 1", "1 ", "٣", "9".repeat(400)],
  ],
  [
    "seconds",
    fields.seconds,
    ["0", "1.5", "-1", "1732884576.123456789"],
    ["NaN", "Infinity", "1e9", "1.", ".5", "9".repeat(13), "", "1,5", "--1"],
  ],
  ["mode", fields.mode, ["644", "0755", "0"], ["8", "00000", "-1", "0o7", "", "rw-r--r--"]],
  ["user name", fields.userName, ["root", "UNKNOWN", "DOMAIN\\me", "1000", "mé"], ["", "a b", "a:b", "a/b", "a\n", "a\0", "x".repeat(257)]],
  [
    "file name",
    fields.fileName,
    ["x.taco", ".x", "a b", "ä", "a\nb"],
    ["", ".", "..", "a/b", "../x", "/etc/passwd", "a\0b", "x".repeat(1025)],
  ],
  ["path", fields.path, ["/a/b", "C:/x", "C:\\x", "/"], ["", "a", "../a", "C:x", "/a\0", `/${"x".repeat(4096)}`]],
  ["bytes", fields.bytes(4), ["", "AAAA", "AAAAAA=="], ["A", "AAA", "AA=A", "A*AA", "AAAAAAAA", "====", "AAA\n"]],
])("a %s is only that", (_name, field, right, wrong) => {
  for (const text of right) expect(one(field, text)).not.toBeUndefined();
  for (const text of wrong) expect([text, one(field, text)]).toEqual([text, undefined]);
});

test("several words in one field", () => {
  const stat = fields.parted(fields.mode, fields.userName, fields.count(1000));
  expect(one(stat, "644 root 12")).toEqual(["0644", "root", 12]);
  for (const text of ["644 root", "644 root 12 1", "644  root 12", "", " ", "644 root 1001"]) expect(one(stat, text)).toBeUndefined();
});

test("a name with control characters goes back to its node as it came, and has no line end here", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("\n", "\r", "\t", "\x1b", "\x7f", "a", "ä", "😀", "\u202e", "\udcff") }), (name) => {
      const tamed = one(fields.phrase(1000), name) ?? "";
      expect(tamed).not.toMatch(/[\0-\x1f\x7f]/);
      expect(bytesOfText(tamed)).toEqual(bytesOfText(name));
    }),
  );
});
