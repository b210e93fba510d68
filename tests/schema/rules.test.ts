import { describe as inWords } from "../../provider/schema/failures";
import type { Rule, System } from "../../provider/schema/field";
import {
  aliasOfCertificate,
  atMost,
  folderOnMachine,
  host,
  listedDigest,
  oneLine,
  pathOnNode,
  pin,
  release,
  releaseIn,
  windowsPathProblem,
} from "../../provider/schema/rules";

const digest = "0123456789abcdef".repeat(4);

function reasons<T>(rule: Rule<T>, value: T, system: System = "linux"): readonly string[] {
  return rule.reasons(value, system);
}

test.each([digest.slice(1), `${digest}0`, digest.toUpperCase(), `${digest}\n`, `x${digest}`, "g".repeat(64)])(
  "%j is no digest",
  (value) => {
    expect(reasons(pin, value)).toEqual([`expected 64 lower-case hexadecimal digits, got ${JSON.stringify(value)}`]);
    expect(reasons(listedDigest, value)).toEqual(["expected 64 lower-case hexadecimal digits"]);
  },
);

test("a digest is one", () => {
  expect([reasons(pin, digest), reasons(listedDigest, digest)]).toEqual([[], []]);
});

test.each<[string, Rule<string>, string, boolean]>([
  ["one line", oneLine, "a b", true],
  ["a line end", oneLine, "a\nb", false],
  ["a carriage return", oneLine, "a\r", false],
  ["a name", aliasOfCertificate, "corporate ca", true],
  ["a name with capitals", aliasOfCertificate, "Corporate", false],
  ["a release", release, "2024.2", true],
  ["a release of four parts", release, "2024.2.1.1", true],
  ["a year alone", release, "2024", false],
  ["a release of three digits", release, "224.2", false],
  ["a release of five digits", release, "12024.2", false],
  ["a word before", release, "v2024.2", false],
  ["a word behind", release, "2024.2x", false],
  ["a host", host, "h1", true],
  ["a host with a blank", host, "a b", false],
])("%s", (_name, rule, value, expected) => {
  expect(reasons(rule, value).length === 0).toBe(expected);
});

test("little of a long text is repeated", () => {
  expect(reasons(release, "x".repeat(70))).toEqual([`expected a release such as "2024.2", got "${"x".repeat(60)}"`]);
  expect(reasons(aliasOfCertificate, "X".repeat(300))[0]).toContain(`got "${"X".repeat(200)}"`);
});

test("the release that a program gives", () => {
  expect([releaseIn("2024.2"), releaseIn("latest"), releaseIn(undefined)]).toEqual(["2024.2", null, null]);
});

test("a number up to a limit", () => {
  expect(atMost(5).says).toBe("at most 5");
  expect([reasons(atMost(5), 5), reasons(atMost(5), 6)]).toEqual([[], ["expected at most 5"]]);
});

const absolute = 'expected an absolute path on the node such as "/opt/tableau/connectors"';
const seen = "expected a path without control characters and others that cannot be seen";

test.each<[string, string[]]>([
  ["/a", []],
  ["/a b/c..d", []],
  ["/a/", []],
  ["/ä", []],
  ["a/b", [`${absolute}, got "a/b"`]],
  ["/", [`${absolute}, got "/"`]],
  ["///", [`${absolute}, got "///"`]],
  ["C:\\a", [`${absolute}, got "C:\\\\a"`]],
  ["/a\n", ["has a line end in it, which tsm cannot take"]],
  ["/a\rb", ["has a line end in it, which tsm cannot take"]],
  ["/a\tb", [`${seen}, got "/a\\tb"`]],
  ["/a\u200b", [`${seen}, got "/a\u200b"`]],
  ["/a ", ['expected a path without a blank at its end, got "/a "']],
  ["/a/../b", ['expected a path without "..", got "/a/../b"']],
  ["../a", [`${absolute}, got "../a"`, 'expected a path without "..", got "../a"']],
  ["a\n/..", [`${absolute}, got "a\\n/.."`, "has a line end in it, which tsm cannot take", 'expected a path without "..", got "a\\n/.."']],
])("%j on a Linux node", (path, expected) => {
  expect(reasons(pathOnNode, path)).toEqual(expected);
});

const withDrive = 'expected an absolute path on the node, with its drive, such as "C:\\\\Program Files\\\\Tableau\\\\Connectors"';

test.each<[string, string | null]>([
  ["C:\\a", null],
  ["c:/a/b", null],
  ["z:\\a\\/b\\", null],
  ["C:\\a b", null],
  ["C:\\", withDrive],
  ["C:", withDrive],
  ["C:a", withDrive],
  ["1:\\a", withDrive],
  ["CC:\\a", withDrive],
  ["/a", withDrive],
  ["\\\\server\\share", withDrive],
  ["", withDrive],
  ["C:\\..\\a", 'expected a path without "." and ".."'],
  ["C:\\a\\.", 'expected a path without "." and ".."'],
  ["C:\\a%b", "expected a path without a percent sign, which tsm.cmd cannot take"],
])("%j on a Windows node", (path, expected) => {
  expect(windowsPathProblem(path)).toBe(expected);
  expect(reasons(pathOnNode, path, "windows")).toEqual(expected === null ? [] : [`${expected}, got ${inWords(path)}`]);
});

test.each(["C:\\a\\con", "C:\\a:b", "C:\\a\nb", "C:\\a.", "C:\\a?"])("a name that Windows cannot have is told: %j", (path) => {
  expect(windowsPathProblem(path)).toMatch(/^expected a path that Windows can have: ./);
});

const onMachine = 'expected an absolute path on the machine, or one that begins with "~/"';

test.each<[string, string[]]>([
  ["/a", []],
  ["~/a", []],
  ["C:\\a", []],
  ["c:/a", []],
  ["\\\\server\\share", []],
  ["/a/", []],
  ["D:\\a\\", []],
  ["a", [`${onMachine}, got "a"`]],
  ["~", [`${onMachine}, got "~"`]],
  ["~a/b", [`${onMachine}, got "~a/b"`]],
  ["C:a", [`${onMachine}, got "C:a"`]],
  ["\\a", [`${onMachine}, got "\\\\a"`]],
  ["\\\\\\a", [`${onMachine}, got "\\\\\\\\\\\\a"`]],
  ["x/a", [`${onMachine}, got "x/a"`]],
  ["/", [`${onMachine}, got "/"`]],
  ["//", [`${onMachine}, got "//"`]],
  ["C:", [`${onMachine}, got "C:"`]],
  ["C:\\", [`${onMachine}, got "C:\\\\"`]],
  ["C:/", [`${onMachine}, got "C:/"`]],
  ["/a\nb", ["has a line end in it"]],
  ["/a\r", ["has a line end in it"]],
  ["/a/../b", ['expected a path without "..", got "/a/../b"']],
  ["C:\\a\\..", ['expected a path without "..", got "C:\\\\a\\\\.."']],
  ["~/a..b", []],
])("%j as a folder of a machine", (path, expected) => {
  expect(reasons(folderOnMachine, path)).toEqual(expected);
});
