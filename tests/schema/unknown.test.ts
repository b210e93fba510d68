import { hasUnknown, isUnknown, unknownValue } from "../../provider/schema/unknown";

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
