import { Recent } from "../../provider/signature/recent";

test("what was computed is given again, without computing it", () => {
  const recent = new Recent<object>(2);
  const first = recent.get("a", () => ({}));
  expect(recent.get("a", () => ({}))).toBe(first);
});

test("the one that was asked for longest ago goes", () => {
  const computed: string[] = [];
  const recent = new Recent<string>(2);
  for (const key of ["a", "b", "a", "c", "a", "b"]) {
    recent.get(key, () => {
      computed.push(key);
      return key;
    });
  }
  expect(computed).toEqual(["a", "b", "c", "b"]);
});

test("a failure is not kept", () => {
  const recent = new Recent<number>(2);
  const fail = (): number => {
    throw new Error("no");
  };
  expect(() => recent.get("a", fail)).toThrow("no");
  expect(recent.get("a", () => 1)).toBe(1);
});
