import fc from "fast-check";
import { finder } from "../../provider/tsm/find-all";

const few = fc.string({ unit: fc.constantFrom("a", "b", "/") });

test.each([
  ["a", "", []],
  ["a", "a", [0]],
  ["a", "aab", [0, 1]],
  ["ab", "aab", [1]],
  ["aa", "aaaa", [0, 1, 2]],
  ["aab", "aaab aab", [1, 5]],
  ["abab", "ababab", [0, 2]],
  ["aabaaa", "aabaabaaab", [3]],
  ["abcabd", "abcabcabd", [3]],
  ["ab", "a", []],
])("%j in %j begins at %j", (word, text, places) => {
  expect(finder(word)(text)).toEqual(places);
});

test("finds every place where a word begins, overlapping ones too", () => {
  fc.assert(
    fc.property(
      few.filter((word) => word !== ""),
      few,
      (word, text) => {
        expect(finder(word)(text)).toEqual([...text].flatMap((_, at) => (text.startsWith(word, at) ? [at] : [])));
      },
    ),
    { numRuns: 2000 },
  );
});
