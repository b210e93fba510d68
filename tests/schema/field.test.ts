import { defaultInWords, defaultsOf, field, sentencesOf, under } from "../../provider/schema/field";
import { any, flag, number, text } from "../../provider/schema/kinds";
import { notYet, resource } from "../../provider/schema/resource";
import { hasUnknown, isUnknown, unknownValue } from "../../provider/schema/unknown";

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
  expect(defaultsOf(rows)).toEqual({ a: false, c: 0 });
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

test("a resource has in state what it is given, what is made of it, its name and what an operation adds", () => {
  const [given, made, later] = [
    field(text, { says: "A." }),
    field(text, { says: "B.", need: "computed" }),
    field(text, { says: "C.", need: "output" }),
  ];
  const hidden = field(any, { says: "D.", need: "output", hidden: true });
  const tables = {
    name: "A",
    says: "A.",
    arguments: {},
    given: { a: given, b: given },
    computed: { b: made },
    outputs: { c: later, d: hidden },
  };
  const { inputs, state } = resource(tables);
  expect(inputs).toMatchObject({ a: given, b: made, __urn: { need: "computed", default: "", hidden: true } });
  expect(Object.keys(inputs)).toEqual(["a", "b", "__urn"]);
  expect(Object.keys(state)).toEqual(["a", "b", "__urn", "c", "d"]);
  expect(notYet(tables)).toStrictEqual({ b: undefined, c: undefined });
});

test.each<[string, unknown, boolean]>([
  ["itself", unknownValue, true],
  ["another text", "04da6b54", false],
  ["in a list", [1, unknownValue], true],
  ["in a list of none", [1, 2], false],
  ["deep in an object", { a: 1, b: { c: [{ d: unknownValue }] } }, true],
  ["in an object of none", { a: 1, b: { c: [] } }, false],
  ["in nothing", null, false],
  ["in nothing at all", undefined, false],
])("what is not known yet: %s", (_name, value, expected) => {
  expect(hasUnknown(value)).toBe(expected);
  expect(isUnknown(value)).toBe(value === unknownValue);
});
