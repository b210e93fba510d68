import fc from "fast-check";
import { finder } from "../../provider/tsm/find-all";

const few = fc.string({ unit: fc.constantFrom("a", "b", "/") });

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
