import { Failures, describe as inWords } from "../../provider/schema/failures";

test.each<[unknown, string]>([
  ["", "an empty text"],
  ["a", '"a"'],
  [null, "null"],
  [undefined, "undefined"],
  [() => 1, "function"],
  ["x".repeat(58), JSON.stringify("x".repeat(58))],
  ["x".repeat(59), `"${"x".repeat(56)}...`],
  [[1, { a: 2 }], '[1,{"a":2}]'],
])("%p in few words", (value, expected) => {
  expect(inWords(value)).toBe(expected);
});

test("failures are known by their properties", () => {
  const failures = new Failures();
  failures.add("a", "is wrong");
  failures.add("b.c", "is missing");
  expect(failures.list).toEqual([
    { property: "a", reason: "is wrong" },
    { property: "b.c", reason: "is missing" },
  ]);
  expect([failures.has("a"), failures.has("x", "b.c"), failures.has("b"), failures.has()]).toEqual([true, true, false, false]);
});
