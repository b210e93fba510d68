import fc from "fast-check";
import { trimEnd } from "../../provider/vocabulary/trim-end";

test("takes off what a pattern would", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("/", "\\", "a", "é") }), (text) => {
      expect(trimEnd(text, "/\\")).toBe(text.replace(/[/\\]+$/, ""));
    }),
  );
});
