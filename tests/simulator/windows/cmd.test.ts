import { encodeText } from "../../../simulator/windows/cmd/code-pages";
import { expandVariables } from "../../../simulator/windows/cmd/expand-variables";
import { withoutOuterQuotes } from "../../../simulator/windows/cmd/outer-quotes";
import { parseLine, SyntaxError, type Command } from "../../../simulator/windows/cmd/parse-line";
import { splitArguments } from "../../../simulator/windows/cmd/split-arguments";
import { splitCommand } from "../../../simulator/windows/cmd/split-command";

describe("outer quotes of cmd.exe /c", () => {
  test.each([
    ['"echo a"', "echo a"],
    ['""C:\\a b\\x.exe" "c d""', '"C:\\a b\\x.exe" "c d"'],
    ['"a" & b', "a & b"],
    ['"echo "a" b"', 'echo "a" b'],
    ["echo a", "echo a"],
    ['"my program"', '"my program"'],
    ['"my program" ', "my program "],
    ['"other program"', "other program"],
    ['"my&program"', "my&program"],
    ['"', ""],
  ])("%s runs as %s", (text, line) => {
    expect(withoutOuterQuotes(text, (name) => name === "my program" || name === "my&program")).toBe(line);
  });
});

describe("variables of cmd.exe", () => {
  const values: Readonly<Record<string, string>> = { CD: "C:\\Users", A: "value", EMPTY_NOT: "x", "A:B": "colon" };
  const lookup = (name: string): string | undefined => values[name.toUpperCase()];
  test.each([
    ["%a%", "value", "value"],
    ["%A%%A%", "valuevalue", "valuevalue"],
    ["%none%", "%none%", ""],
    ["100%", "100%", "100"],
    ["50% of %A%", "50% of value", "50A"],
    ["%%", "%%", "%"],
    ["%%A%%", "%value%", "%A%"],
    ["%A:~1,2%", "al", "al"],
    ["%A:~-2%", "ue", "ue"],
    ["%A:~0,-1%", "valu", "valu"],
    ["%A:al=AL%", "vALue", "vALue"],
    ["%A:*a=x%", "xlue", "xlue"],
    ["a%%cd:~,%b", "a%b", "a%cd:~,b"],
    ["%%%cd:~,%%cd:~,%", "%%", "%"],
    ["%^A%", "%^A%", ""],
    ["%none:a=b%", "%none:a=b%", "a=b"],
  ])("%s", (text, onLine, inBatch) => {
    const results = [expandVariables(text, lookup), expandVariables(text, lookup, { words: ["batch.cmd"], all: "", folder: "C:\\" })];
    expect(results[0]).toBe(onLine);
    expect(results[1]).toBe(inBatch);
  });

  test("a batch file's own words", () => {
    const batch = { words: ["x.cmd", '"a b"', "c"], all: '"a b" c %A%', folder: "C:\\here\\" };
    expect(expandVariables('"%~dp0y.exe" %* [%1] [%~1] [%3]', lookup, batch)).toBe('"C:\\here\\y.exe" "a b" c %A% ["a b"] [a b] []');
  });
});

describe("lines of cmd.exe", () => {
  const show = (command: Command | undefined): string => {
    if (command === undefined) return "";
    const redirections =
      "redirections" in command ? command.redirections.map(({ handle, kind, target }) => ` {${handle} ${kind} ${target}}`) : [];
    if (command.kind === "simple") return `<${command.text}>${redirections.join("")}`;
    if (command.kind === "group") return `(${show(command.body)})${redirections.join("")}`;
    return `${show(command.left)} ${command.kind} ${show(command.right)}`;
  };
  test.each([
    ["echo a", "<echo a>"],
    ["chcp 65001>nul 2>&1&set OS&set USERNAME", "<chcp 65001 >{1 write nul}{2 duplicate 1} & <set OS> & <set USERNAME>"],
    ['(echo pt-locked&set /p x=) 9>"C:\\a b\\lock"', "(<echo pt-locked> & <set /p x=>) {9 write C:\\a b\\lock}"],
    ["echo a^&b ^^ ^%x", "<echo a&b ^ %x>"],
    ['echo "a&b^c|d>e" f', '<echo "a&b^c|d>e" f>'],
    ['echo "a""&b"', '<echo "a""&b">'],
    ['echo "open & still', '<echo "open & still>'],
    ["a && b || c & d", "<a > && <b > || <c > & <d>"],
    ["echo 12>file", "<echo 12> {1 write file}"],
    ["echo 1 2>file", "<echo 1 > {2 write file}"],
    ["echo x>>file <in", "<echo x > {1 append file} {0 read in}"],
    ["@echo off", "<echo off>"],
    ["echo a)", "<echo a)>"],
    ["first\nsecond", "<first>"],
    ["a&", "<a>"],
    ["", ""],
  ])("%j", (line, expected) => {
    expect(show(parseLine(line)).replace(/> \{/g, "> {")).toBe(expected.replace(" >{1", " > {1").replace("}{", "} {"));
  });

  test.each(["& a", "(a", "a >", "()", "a & & b", "a | | b"])("%s is not understood", (line) => {
    expect(() => parseLine(line)).toThrow(SyntaxError);
  });

  test.each([
    ['"C:\\a b\\tsm.cmd" status -v', "C:\\a b\\tsm.cmd", " status -v"],
    ["echo.text", "echo", ".text"],
    ["set/p x=", "set", "/p x="],
    ["  whoami ", "whoami", " "],
  ])("the name in %s", (text, name, rest) => {
    expect(splitCommand(text)).toEqual({ name, rest });
  });
});

describe("arguments of a program", () => {
  test.each([
    ["a b  c", ["a", "b", "c"]],
    ['"a b" ""', ["a b", ""]],
    ['"a""b"', ['a"b']],
    ['a\\"b', ['a"b']],
    ['"a\\\\" b', ["a\\", "b"]],
    ['"a\\\\\\"b"', ['a\\"b']],
    ["C:\\x\\ y", ["C:\\x\\", "y"]],
    ['a"b c"d', ["ab cd"]],
    ['"a b', ["a b"]],
    ["", []],
  ])("%s", (line, expected) => {
    expect(splitArguments(line)).toEqual(expected);
  });
});

test("a console's code page has its own bytes, and question marks for the rest", () => {
  expect(encodeText("für 日", 437)).toEqual(Buffer.from([0x66, 0x81, 0x72, 0x20, 0x3f]));
  expect(encodeText("ß", 850)).toEqual(Buffer.from([0xe1]));
  expect(encodeText("für 日", 65001)).toEqual(Buffer.from("für 日"));
});
