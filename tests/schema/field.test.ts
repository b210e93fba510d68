import { defaultInWords, defaultsOf, field, sentencesOf, under } from "../../provider/schema/field";
import { flag, number, text } from "../../provider/schema/kinds";

test("a row is optional unless it says otherwise", () => {
  expect(field(text, { says: "A." })).toEqual({ kind: text, need: "optional", says: "A." });
  expect(field(text, { says: "A.", need: "output", secret: true })).toEqual({ kind: text, need: "output", says: "A.", secret: true });
});

test("rows below an object of the program know their place", () => {
  const rows = under("connection", { host: field(text, { says: "A.", neededWith: "port" }), port: field(number, { says: "B." }) });
  expect(rows).toMatchObject({ host: { path: "connection.host", neededWith: "port" }, port: { path: "connection.port", says: "B." } });
});

test("what stands for arguments that are not given", () => {
  const rows = {
    a: field(flag, { says: "A.", default: false }),
    b: field(text, { says: "B." }),
    c: field(number, { says: "C.", default: 0 }),
  };
  expect(defaultsOf(rows)).toStrictEqual({ a: false, c: 0 });
});

test.each([
  ["a value", field(number, { says: "A.", default: 0 }), "0", "A. Default: 0."],
  ["a text", field(text, { says: "A.", default: "b" }), '"b"', 'A. Default: "b".'],
  ["words", field(text, { says: "A.", otherwise: "none" }), "none", "A. Default: none."],
  ["a value before words", field(flag, { says: "A.", default: false, otherwise: "none" }), "false", "A. Default: false."],
  ["nothing", field(text, { says: "A." }), null, "A."],
  ["nothing, where it has to be given", field(text, { says: "A.", need: "required", otherwise: "none" }), null, "A."],
  ["nothing, where we make it", field(text, { says: "A.", need: "computed", default: "b" }), null, "A."],
])("stands for an argument: %s", (_name, one, words, sentences) => {
  expect(defaultInWords(one)).toBe(words);
  expect(sentencesOf(one)).toBe(sentences);
});
