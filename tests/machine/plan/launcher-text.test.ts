import { launcherMark, launcherText, wordFor } from "../../../provider/machine/plan/launcher-text";

test.each([
  ["a:b/c.d_e-f@g%h+i=j,k", "a:b/c.d_e-f@g%h+i=j,k"],
  ["a b", "'a b'"],
  ["it's", `'it'\\''s'`],
  ["", "''"],
  ["a;b", "'a;b'"],
  ["ä", "'ä'"],
])("sh gets %j as %s", (word, expected) => {
  expect([wordFor("macos", word), wordFor("linux", word)]).toEqual([expected, expected]);
});

test.each([
  ["C:\\a b", '"C:\\a b"'],
  ["C:\\a\\", '"C:\\a\\\\"'],
  ["C:\\a\\\\", '"C:\\a\\\\\\\\"'],
  ["", '""'],
])("a program on Windows gets %j as %s", (word, expected) => {
  expect(wordFor("windows", word)).toBe(expected);
});

test("a launcher says who keeps it", () => {
  for (const platform of ["windows", "macos", "linux"] as const) {
    expect(launcherText(platform, ["x"], "keeper1")).toContain(`${launcherMark} (keeper1).`);
    expect(launcherText(platform, ["x"], "")).toContain(`${launcherMark}.`);
  }
});

test("a .cmd sets its code page only where it needs one", () => {
  expect(launcherText("windows", ["C:\\Straße"], "")).toContain("\r\nchcp 65001 >nul\r\n");
  for (const plain of ["C:\\a", " ~"]) expect(launcherText("windows", [plain], "")).not.toContain("chcp");
  expect(launcherText("windows", ["a\tb"], "")).toContain("chcp");
});

test("a .desktop file quotes what its shell and its reader take for signs", () => {
  const exec = launcherText("linux", ["/o pt/x", 'a"b`c$d\\e%f'], "")
    .split("\n")
    .find((line) => line.startsWith("Exec="));
  expect(exec).toBe('Exec="/o pt/x" "a\\\\"b\\\\`c\\\\$d\\\\\\\\e%%f"');
});
