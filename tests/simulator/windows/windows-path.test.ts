import { formatWindowsPath, parseWindowsPath, slashPath } from "../../../simulator/windows/files/windows-path";

import { Win32Error, type Win32Code } from "../../../simulator/windows/files/win32-error";

describe("paths of Windows", () => {
  test.each([
    ["C:\\Program Files\\Tableau", "C:\\Program Files\\Tableau"],
    ["C:/Program Files/Tableau/", "C:\\Program Files\\Tableau"],
    ["/C:/Program Files//Tableau", "C:\\Program Files\\Tableau"],
    ["c:\\", "C:\\"],
    ["/d:", "D:\\"],
    ["Documents", "C:\\Users\\deploy\\Documents"],
    ["..\\other", "C:\\Users\\other"],
    ["\\Windows", "C:\\Windows"],
    ["C:\\a\\.\\b\\..\\c", "C:\\a\\c"],
    ["C:\\..\\..\\a", "C:\\a"],
    ["C:\\a.\\b . .", "C:\\a\\b"],
    ["C:\\nulls\\console.txt", "C:\\nulls\\console.txt"],
    ["C:\\Überblick\\日本", "C:\\Überblick\\日本"],
  ])("%s is %s", (text, expected) => {
    expect(formatWindowsPath(parseWindowsPath(text, "C:\\Users\\deploy"))).toBe(expected);
  });

  test.each<[string, Win32Code]>([
    ["C:\\a<b", "INVALID_NAME"],
    ["C:\\a|b", "INVALID_NAME"],
    ["C:\\what?", "INVALID_NAME"],
    ["C:\\*.taco", "INVALID_NAME"],
    ['C:\\"a"', "INVALID_NAME"],
    ["C:\\file:stream", "INVALID_NAME"],
    ["C:\\line\nbreak", "INVALID_NAME"],
    ["C:\\CON", "INVALID_NAME"],
    ["C:\\nul.taco", "INVALID_NAME"],
    ["C:\\a\\Com1.txt", "INVALID_NAME"],
    ["C:\\ ", "INVALID_NAME"],
    [`C:\\${"a".repeat(256)}`, "INVALID_NAME"],
    [`C:\\${"folder\\".repeat(40)}`, "PATH_NOT_FOUND"],
  ])("%j is refused", (text, code) => {
    expect(() => parseWindowsPath(text)).toThrow(new Win32Error(code));
  });

  test("the longest path that programs get has 259 characters", () => {
    const longest = `C:\\${"a".repeat(100)}\\${"b".repeat(155)}`;
    expect(longest).toHaveLength(259);
    expect(formatWindowsPath(parseWindowsPath(longest))).toBe(longest);
    expect(() => parseWindowsPath(`${longest}b`)).toThrow(new Win32Error("PATH_NOT_FOUND"));
  });

  test("reports have slashes", () => {
    expect(slashPath(parseWindowsPath("C:\\ProgramData\\pulumi-tableau"))).toBe("C:/ProgramData/pulumi-tableau");
  });
});
