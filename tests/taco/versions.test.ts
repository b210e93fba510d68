import { compareVersions, isVersion } from "../../provider/taco";

describe("compareVersions", () => {
  it.each<[string, string, number]>([
    ["2024.2", "2019.4", 1],
    ["2019.4", "2024.2", -1],
    ["2024.2", "2024.2.0", 0],
    ["2024.10", "2024.9", 1],
    ["1.0-1", "1.0", 1],
    ["1.0-1", "1.0.1", -1],
    ["1-2-3", "1-2-10", -1],
    ["007", "7", 0],
    ["99999999999999999999999", "99999999999999999999998", 1],
  ])("%s against %s", (one, other, sign) => {
    expect(Math.sign(compareVersions(one, other))).toBe(sign);
    expect(Math.sign(compareVersions(other, one))).toBe(sign === 0 ? 0 : -sign);
  });

  it.each(["", "v1", "1.", ".1", "1..2", "1-", "1-2.3", " 1", "1 ", "1\n", "1".repeat(201)])("refuses %j", (text) => {
    expect(isVersion(text)).toBe(false);
    expect(() => compareVersions(text, "1")).toThrow(RangeError);
  });
});
