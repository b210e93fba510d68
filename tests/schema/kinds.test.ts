import type { Kind, Reading } from "../../provider/schema/field";
import { any, anyText, byName, flag, form, list, number, object, orNull, ours, text, whole, word } from "../../provider/schema/kinds";
import { field } from "../../provider/schema/field";
import { ourSecret, secretOutput, secretSignature, signatureKey } from "../../provider/schema/secret-output";
import { unknownValue } from "../../provider/schema/unknown";

/** What a kind makes of a value, and what it says is wrong: "PATH REASON". */
function readBy(kind: Kind, value: unknown, from: Reading["from"] = "program"): readonly [unknown, ...string[]] {
  const told: string[] = [];
  const wrong: Reading["wrong"] = (at, { expected }) => {
    // What stands in state is left out, and nobody is told.
    if (from === "program") told.push(`${at} is not ${expected}`);
    return undefined;
  };
  const read = kind.read(value, "x", { from, system: "linux", add: (at, reason) => void told.push(`${at} ${reason}`), wrong });
  return [read, ...told];
}

const even = form("an even text", (value) => value.length % 2 === 0);
const nul = "x has a NUL character, which no file name and no command can hold";

test.each<[string, Kind, unknown, readonly [unknown, ...string[]], readonly [unknown, ...string[]]]>([
  ["a text", text, "a", ["a"], ["a"]],
  ["an empty text", text, "", [undefined, "x is not a text"], [""]],
  ["a number for a text", text, 5, [undefined, "x is not a text"], [undefined]],
  ["a text with a NUL", text, "a\0", [undefined, nul], ["a\0"]],
  ["any text", anyText, "", [""], [""]],
  ["a text with a NUL where any may be", anyText, "\0", ["\0"], ["\0"]],
  ["no text where any may be", anyText, true, [undefined, "x is not a text"], [undefined]],
  ["a text of the form", even, "ab", ["ab"], ["ab"]],
  ["a text of another form", even, "abc", [undefined, "x is not an even text"], ["abc"]],
  ["no text at all", even, ["a", "b"], [undefined, "x is not an even text"], [undefined]],
  ["true", flag, true, [true], [true]],
  ["false", flag, false, [false], [false]],
  ["the word true", flag, "true", [undefined, "x is not true or false"], [undefined]],
  ["a number", number, -1.5, [-1.5], [-1.5]],
  ["a text for a number", number, "1", [undefined, "x is not a number"], [undefined]],
  ["a whole number", whole(2), 2, [2], [2]],
  ["a smaller one", whole(2), 1, [undefined, "x is not a whole number of at least 2"], [1]],
  ["one with a fraction", whole(2), 2.5, [undefined, "x is not a whole number of at least 2"], [2.5]],
  ["a text for one", whole(2), "2", [undefined, "x is not a whole number of at least 2"], [undefined]],
  ["a word", word("a", "b"), "b", ["b"], ["b"]],
  ["another word", word("a", "b"), "c", [undefined, 'x is not one of "a", "b"'], [undefined]],
  ["a list", list(number), [1, 2], [[1, 2]], [[1, 2]]],
  ["an empty list", list(number), [], [[]], [[]]],
  ["no list", list(number, "numbers"), { 0: 1 }, [undefined, "x is not a list"], [undefined]],
  ["a list with a wrong one", list(number), [1, "2"], [[1, undefined], "x[1] is not a number"], [[1, undefined], "x[1] is missing: expected a number"]],
  ["a list with a gap", list(number), [null, 2], [[undefined, 2], "x[0] is missing: expected a number"], [[undefined, 2], "x[0] is missing: expected a number"]],
  ["values by name", byName(number), { a: 1, b: 2 }, [{ a: 1, b: 2 }], [{ a: 1, b: 2 }]],
  ["values by name, one absent", byName(number), { a: null, b: 2 }, [{ b: 2 }], [{ b: 2 }]],
  ["values by name, one wrong", byName(number), { a: "1", b: 2 }, [{ b: 2 }, "x.a is not a number"], [{ b: 2 }]],
  ["a list for values by name", byName(number), [1], [undefined, "x is not an object"], [undefined]],
  ["an object", object("A", { a: field(number, { says: "A." }) }), { a: 1, b: 2 }, [{ a: 1 }], [{ a: 1 }]],
  ["no object", object("A", {}), "a", [undefined, "x is not an object"], [undefined]],
  ["null for an object", object("A", {}), null, [undefined, "x is not an object"], [undefined]],
  ["null where it is a value", orNull(number), null, [null], [null]],
  ["another value where null is one", orNull(number), 1, [1], [1]],
  ["a wrong one there", orNull(number), "1", [undefined, "x is not a number"], [undefined]],
  ["whatever there is", any, [null], [[null]], [[null]]],
  ["what we wrote", ours(), { a: [1] }, [{ a: [1] }], [{ a: [1] }]],
  ["what we never wrote", ours(), [1], [undefined, "x is not an object"], [undefined]],
  ["our secret, open", ourSecret(), { a: 1 }, [{ a: 1 }], [{ a: 1 }]],
  ["our secret, closed", ourSecret(), secretOutput({ a: 1 }), [{ a: 1 }], [{ a: 1 }]],
  ["a secret text", ourSecret(), secretOutput(["a"]), [undefined, "x is not an object"], [undefined]],
  ["another mark", ourSecret(), { [signatureKey]: "other", value: {} }, [{ [signatureKey]: "other", value: {} }], [{ [signatureKey]: "other", value: {} }]],
  ["no object for a secret", ourSecret(), 5, [undefined, "x is not an object"], [undefined]],
])("%s", (_name, kind, value, ofProgram, inState) => {
  expect(readBy(kind, value)).toStrictEqual(ofProgram);
  expect(readBy(kind, value, "state")).toStrictEqual(inState);
}); // prettier-ignore

test("what a value must be stands in the kind as well", () => {
  const kinds = [text, anyText, even, flag, number, whole(2), word("a"), list(text), list(text, "texts"), byName(text), object("A", {}), orNull(text), any, ours(), ourSecret()];
  expect(kinds.map(({ is, expected }) => `${is}: ${expected}`)).toEqual([
    ...["text: a text", "text: a text", "text: an even text", "flag: true or false", "number: a number", "number: a whole number of at least 2"],
    ...['word: one of "a"', "list: a list", "list: texts", "byName: an object", "object: an object", "orNull: a text", "any: any value"],
    ...["any: an object", "any: an object"],
  ]);
  expect([word("a", "b"), list(text), object("A", {})]).toMatchObject([{ words: ["a", "b"] }, { of: { is: "text" } }, { name: "A", fields: {} }]);
}); // prettier-ignore

test("a part that is not known yet stays in the draft of a program, and is lost in state", () => {
  expect(readBy(list(number), [unknownValue])).toEqual([[unknownValue]]);
  expect(readBy(byName(number), { a: unknownValue })).toEqual([{ a: unknownValue }]);
  expect(readBy(byName(number), { a: unknownValue, b: 1 }, "state")[0]).toEqual({ b: 1 });
});

test("an output is made a secret once", () => {
  const closed = secretOutput({ a: 1 });
  expect(closed).toEqual({ [signatureKey]: secretSignature, value: { a: 1 } });
  expect(secretOutput(closed)).toBe(closed);
});
