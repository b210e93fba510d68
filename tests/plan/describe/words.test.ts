import { listOf } from "../../../provider/plan/describe/words";

test.each([
  [[], ""],
  [["a"], "a"],
  [["a", "b"], "a and b"],
  [["a", "b", "c"], "a, b and c"],
])("%j: %s", (words, expected) => {
  expect(listOf(words)).toBe(expected);
});
