import {
  describeDesktop,
  describeDriverOnMachine,
  type OnMachineView,
  type PackageOnMachineView,
} from "../../../provider/machine/plan/describe-desktop";

const sha256 = "a".repeat(64);
const wanted: PackageOnMachineView = {
  machine: "anna",
  product: "desktop",
  fileName: "a.taco",
  sha256,
  placed: sha256,
  pluginClass: "a",
  pluginVersion: "1.0",
};

test.each<[string, Partial<OnMachineView> | null, RegExp | null]>([
  ["it is where it belongs", {}, null],
  ["it is new", null, /a\.taco.*on anna/],
  ["it is missing", { placed: "absent" }, /missing/],
  ["another is there", { placed: "b".repeat(64) }, /: bbbbbbbb where/],
  ["something else is there", { placed: "a folder" }, /: a folder where/],
  ["its name changes", { fileName: "b.taco" }, /missing/],
  ["its product changes", { product: "prep" }, /missing.*Tableau Desktop/],
  ["its machine changes", { machine: "eve" }, /^anna.*missing/],
])("a file on a machine: %s", (_name, there, expected) => {
  const before = there === null ? null : { ...wanted, ...there };
  const [connector, driver] = [describeDesktop(before, wanted), describeDriverOnMachine(before, wanted)];
  expect([connector === null, driver === null]).toEqual([expected === null, expected === null]);
  if (expected !== null) for (const sentence of [connector, driver]) expect(sentence).toMatch(expected);
});

test("a sentence begins with a capital letter, or with a name", () => {
  expect(describeDriverOnMachine(null, wanted)).toMatch(/^The driver a\.taco/);
  expect(describeDesktop(null, { ...wanted, fileName: "t.taco" })).toMatch(/^t\.taco \(a 1\.0/);
});
