import fc from "fast-check";
import { TableauError } from "../../provider/vocabulary/error";
import { printable } from "../../provider/vocabulary/printable";

test.each([
  ["plain text\nof two lines: äöü 漢字 😀", "plain text\nof two lines: äöü 漢字 😀"],
  ["\x1b[2J\x1b]0;title\x07", "\\u001b[2J\\u001b]0;title\\u0007"],
  ["a\r\nb\rc", "a\nb\\u000dc"],
  ["\x9b31m\x85", "\\u009b31m\\u0085"],
  ["gpj.\u202etaco", "gpj.\\u202etaco"],
  ["\u2066\u2069\u200b\u200d\ufeff\u2028\u2029\u00ad\u061c", "\\u2066\\u2069\\u200b\\u200d\\ufeff\\u2028\\u2029\\u00ad\\u061c"],
  ["\u{e0041}", "\\udb40\\udc41"],
  ["\udcff\udc0a\ud800x", "\\xff\\x0a\\ud800x"],
  ["\t\0", "\\u0009\\u0000"],
])("%j is shown as %j", (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test("nothing is left that a terminal acts on or nobody sees, and JSON stays JSON", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(printable(text)).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]/u);
      const json = JSON.stringify({ [text]: text });
      expect(JSON.parse(printable(json))).toEqual(JSON.parse(json));
      expect(printable(printable(text))).toBe(printable(text));
    }),
  );
});

test("an error shows nothing else", () => {
  const error = new TableauError("host-command-failed", { node: "n\x1b[1m", message: "a\u202eb.\nc", next: "\x07d." });
  expect(error.message).toBe("[n\\u001b[1m] a\\u202eb.\nc \\u0007d.");
  expect(error.next).toBe("\\u0007d.");
});
