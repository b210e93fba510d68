import { answerLines, cleanLines, listLines } from "../../provider/tsm/clean-lines";

const textsOf = (text: string): readonly string[] => cleanLines(text).map((line) => line.text);

test.each([
  ["a\nb\r\nc\rd", ["a", "b", "c", "d"]],
  ["  a b  \n\t\n \n", ["  a b"]],
  ["a\tb", ["a\tb"]],
  // Colours and movements, titles of windows, and short sequences.
  ["\u001b[1;31ma\u001b[0m \u001b[2Kb\u001b[?25lc\u001b[ qd", ["a bcd"]],
  ["\u001b]0;the title\u0007a", ["a"]],
  ["\u001b]0;the title\u001b\\a", ["a"]],
  ["a\u001b]0;the title", ["a"]],
  ["\u001bMa\u001b\\b\u001b_c", ["abc"]],
  ["\u001b(a", ["(a"]],
  // Control characters alone.
  ["\u0000a\u0008b\u000bc\u001fd\u007fe\u0080f\u009fg\ufeffh\u00a0i", ["abcdefgh\u00a0i"]],
  // What is surely of another program.
  ["Last login: x\n\u001b[1mLast login: y\na", ["a"]],
  ["\tLC_ALL = (unset),\na", ["a"]],
])("the lines of %j", (text, lines) => {
  expect(textsOf(text)).toEqual(lines);
});

test("each has its number in what was printed", () => {
  expect(cleanLines("\na\n\nLast login: x\r\nb")).toEqual([
    { number: 2, text: "a" },
    { number: 5, text: "b" },
  ]);
});

test("those of a list are without remarks", () => {
  expect(listLines("WARNING: slow\na\n")).toEqual([{ number: 2, text: "a" }]);
  expect(textsOf("WARNING: slow\na\n")).toEqual(["WARNING: slow", "a"]);
});

test("standard error answers only where standard output does not", () => {
  const lines = (stdout: string, stderr: string): readonly string[] => answerLines({ stdout, stderr }).map((line) => line.text);
  expect(lines("a", "b")).toEqual(["a"]);
  expect(lines(" \nWARNING: slow", "b\nWARNING: slow")).toEqual(["b"]);
  expect(lines("", "")).toEqual([]);
});
