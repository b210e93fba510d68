import { checkNames } from "../../../provider/taco/zip/names";
import { entryOf, told } from "./entries";

const check = (...names: readonly string[]) => checkNames(names.map((name) => entryOf({ name })));

/** A name of so many segments, each as long as it is said. */
const long = (...lengths: readonly number[]): string => lengths.map((length) => "n".repeat(length)).join("/");

it.each([
  "a",
  "a/",
  "a/b.js",
  "META-INF/MANIFEST.MF",
  ".a",
  "..a",
  "a..b",
  " a",
  "console",
  "icon",
  "a.con",
  "com",
  "com10",
  "lpta",
  "coma.txt",
  "nul-",
  "nul a",
  "conin",
])("%j is a name that every system unpacks to the same place", (name) => {
  expect(check(name)).toEqual([]);
});

it.each([
  ["255 letters", long(255)],
  ["255 bytes in UTF-8", `${"\u00e9".repeat(127)}a`],
  ["1,024 letters in folders", long(255, 255, 255, 254, 1)],
  ["1,024 letters for a folder", `${long(255, 255, 255, 255)}/`],
  ["the neighbours of invisible characters", "a~ \u00a0\u00ac\u00ae\u200a\u2010\u2027\u202f\u205f\u2070\ufefe.js"],
  ["a character outside the basic plane", "\u{1f600}"],
])("so is one of %s", (_, name) => {
  expect(check(name)).toEqual([]);
});

it.each<readonly [string, RegExp]>([
  ["", /empty name/],
  ...['a\\b', "c:", "a*", "?a", '"', "<", ">", "a|b"].map((name) => [name, /Windows replaces/] as const),
  ["/", /absolute/],
  ["/a", /absolute/],
  ...["..", ".", "../", "./a", "a/..", "a/../b", "a/./b", "a//b", "a//", "...", " ", ".. /a", "a/. .", "a/ /b"].map((name) => [name, /segment/] as const),
  ...["con", "CON", "prn", "aux.txt", "nul.", "com0", "COM9.a.b", "lpt1", "com\u00b9", "lpt\u00b3.x", "a/nul/b", "a/con/", "nul ", "con  .txt", "CONIN$", "conout$.a"].map(
    (name) => [name, /device/] as const,
  ),
])("%j is refused", (name, reason) => {
  const problems = check(name);
  expect(told(problems)).toEqual([`zip-unsafe-name ${name}`]);
  expect(problems[0]?.message).toMatch(reason);
}); // prettier-ignore

it.each([
  ["256 letters", long(256)],
  ["256 letters for a folder", `a/${long(256)}/b`],
  ["256 bytes in UTF-8", "\u00e9".repeat(128)],
  ["1,025 letters in folders", long(255, 255, 255, 255, 1)],
  ["1,025 letters for a folder", `${long(255, 255, 255, 254, 1)}/`],
])("one of %s is refused", (_, name) => {
  const problems = check(name);
  expect(told(problems)).toEqual([`zip-unsafe-name ${name}`]);
  expect(problems[0]?.message).toMatch(/longer/);
});

it.each([0x00, 0x1f, 0x7f, 0x9f, 0xad, 0x200b, 0x200f, 0x2028, 0x202e, 0x2060, 0x206f, 0xfeff])(
  "one with the invisible character of the number %i is refused",
  (code) => {
    const problems = check(`a${String.fromCharCode(code)}b`);
    expect(told(problems)).toHaveLength(1);
    expect(problems[0]?.message).toMatch(/control characters/);
  },
);

it.each([
  ["a", "a", /twice/],
  ["a", "A", /same file/],
  ["\u00e9", "e\u0301", /same file/], // One character, and a letter with an accent.
  ["\u00df", "ss", /same file/], // As one letter becomes two in capitals,
  ["\u03f4", "\u03b8", /same file/], // and two capitals have one small letter.
  ["a", "a.", /same file/],
  ["a", "a ", /same file/],
  ["a.js", "a.js. .", /same file/],
  ["a/", "a", /same file/],
  ["ab/", "AB", /same file/],
  ["a./b", "a/b", /same file/],
  ["a/b ", "a/b", /same file/],
])("%j and %j are one file", (one, other, how) => {
  for (const [first, second] of [[one, other], [other, one]] as const) {
    const problems = check(first, "between", second);
    expect(told(problems)).toEqual([`zip-duplicate-name ${second}`]);
    expect(problems[0]?.message).toMatch(how);
    expect(problems[0]?.message).toContain(JSON.stringify(first));
  }
}); // prettier-ignore

it.each([
  ["a", "b"],
  ["a", ".a"],
  ["a", " a"],
  ["a.b", "ab"],
  ["a/b", "a b"],
  ["a/b", "b/a"],
  ["a/", "a/b"],
  ["ab/", "a"],
  ["a", "ab/c"],
  ["ab", "a/b"],
])("%j and %j are two files", (one, other) => {
  expect(check(one, other)).toEqual([]);
  expect(check(other, one)).toEqual([]);
});

it("tells of each file that has a name for the third time", () => {
  expect(told(check("a", "A", "a."))).toEqual(["zip-duplicate-name A", "zip-duplicate-name a."]);
});

it.each([
  ["a file and what lies in it", ["a", "a/b"], "a", "a/b"],
  ["the same the other way round", ["a/b", "a"], "a", "a/b"],
  ["a file that is written otherwise", ["A.", "a/b"], "A.", "a/b"],
  ["a file inside another folder", ["d/a", "d/a/b/c"], "d/a", "d/a/b/c"],
  ["names in between that sort before the slash", ["a", "a b", "a-b", "a/b"], "a", "a/b"],
  ["names around it", ["0", "zz", "a/b", "a", "b"], "a", "a/b"],
])("refuses %s", (_, names, file, inside) => {
  const problems = check(...names);
  expect(told(problems)).toEqual([`zip-duplicate-name ${file}`]);
  expect(problems[0]?.message).toContain(JSON.stringify(file));
  expect(problems[0]?.message).toContain(JSON.stringify(inside));
});
