import fc from "fast-check";
import { compareVersions, isAtLeast, isVersion } from "../../provider/vocabulary/version";

describe("compareVersions", () => {
  it.each<[string, string, number]>([
    ["2024.2", "2019.4", 1],
    ["2024.2", "2024.2.0", 0],
    ["2024.10", "2024.9", 1],
    // The SDK's samples start with 0.0.0, and its guide has vendors start with 1.0.0.
    ["1.0.0", "0.0.0", 1],
    ["1.0.10", "1.0.9", 1],
    ["1.0-1", "1.0", 1],
    ["1-2", "1.1", 1],
    ["1.0-1", "1.0.1", 0],
    ["1-2-3", "1-2-10", -1],
    ["007", "7", 0],
    ["99999999999999999999999", "99999999999999999999998", 1],
    ["9007199254740993", "9007199254740992", 1],
    ["", "0", 0],
    ["2024.2.beta", "2024.2", 0],
  ])("%s against %s", (one, other, sign) => {
    expect(Math.sign(compareVersions(one, other))).toBe(sign);
    expect(isAtLeast(one, other)).toBe(sign >= 0);
  });

  const number = fc.oneof(fc.nat({ max: 3 }).map(String), fc.constantFrom("00", "01", "10", "9007199254740993", "9007199254740992"));
  const version = fc
    .array(fc.tuple(fc.constantFrom(".", "-"), number), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.map(([separator, digits], index) => (index === 0 ? digits : `${separator}${digits}`)).join(""));
  const text = fc.oneof({ weight: 9, arbitrary: version }, { weight: 1, arbitrary: fc.string() });
  const sign = (one: string, other: string): number => Math.sign(compareVersions(one, other));

  it("is a total order: antisymmetric, transitive, and every text compares with every other", () => {
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        expect([-1, 0, 1]).toContain(sign(a, b));
        expect(sign(a, a)).toBe(0);
        expect(sign(a, b) + sign(b, a)).toBe(0);
        if (sign(a, b) <= 0 && sign(b, c) <= 0) expect(sign(a, c)).toBeLessThanOrEqual(0);
        if (sign(a, b) === 0) expect(sign(a, c)).toBe(sign(b, c));
      }),
      { numRuns: 2000 },
    );
  });

  it("puts a version that goes on behind the one that it goes on from", () => {
    fc.assert(
      fc.property(version, fc.constantFrom(".", "-"), fc.nat(), (a, separator, more) => {
        expect(sign(`${a}${separator}${String(more)}`, a)).toBe(more === 0 ? 0 : 1);
      }),
    );
  });
});

describe("isVersion", () => {
  it.each(["1", "1.2", "2024.2.1", "1.2-3", "1-2-3", "1".repeat(200)])("takes %j", (text) => {
    expect(isVersion(text)).toBe(true);
  });

  it.each(["", "v1", "1.", ".1", "1..2", "1-", "1-2.3", " 1", "1 ", "1\n", "1".repeat(201)])("refuses %j", (text) => {
    expect(isVersion(text)).toBe(false);
  });
});
