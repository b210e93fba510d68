import { superfluousPackages } from "../../../provider/plan/record/retain-versions";
import type { StoredPackage } from "../../../provider/plan/seen";

const day = 24 * 60 * 60;
const now = 1_000 * day;

function stored(sha256: string, daysAgo: number, options: { readonly size?: number; readonly pluginClass?: string } = {}): StoredPackage {
  const { size = 1000, pluginClass = "a_jdbc" } = options;
  return { sha256, intact: null, size, storedAt: now - daysAgo * day, pluginClass, pluginVersion: sha256, fileName: "a.taco" };
}

describe("what the store keeps", () => {
  test("five versions of each class besides the listed ones, the latest", () => {
    const packages = [9, 8, 7, 6, 5, 4, 3, 2].map((daysAgo) => stored(`a${daysAgo}`, daysAgo));
    expect(superfluousPackages([...packages, stored("b", 20, { pluginClass: "b_jdbc" })], new Set(["a9"]), now)).toEqual(["a7", "a8"]);
  });

  test("no more than a gibibyte of what is not listed, the oldest goes first", () => {
    const big = { size: 600 * 1024 ** 2 };
    const packages = ["a", "b", "c"].map((name, i) => stored(name, 10 + i, { ...big, pluginClass: name }));
    expect(superfluousPackages(packages, new Set(), now)).toEqual(["b", "c"]);
    expect(superfluousPackages(packages, new Set(["a", "c"]), now)).toEqual([]);
  });

  test("everything that is younger than a day: somebody may be about to activate it", () => {
    const packages = Array.from({ length: 9 }, (_, i) => stored(`a${i}`, 0.5, { size: 1024 ** 3 }));
    expect(superfluousPackages(packages, new Set(), now)).toEqual([]);
  });
});
