import fc from "fast-check";
import { cmdLine, cmdPath } from "../../../provider/host/windows/cmd-line";
import { argumentsOf } from "./support/c-runtime";
import { ofCommandLine } from "./support/cmd";

const special = fc.constantFrom(
  '"',
  "\\",
  "%",
  "&",
  "|",
  "<",
  ">",
  "^",
  "(",
  ")",
  "!",
  " ",
  "\t",
  "=",
  ",",
  ";",
  "'",
  "%PATH%",
  '"&',
  "ü",
  "日",
  "😀",
);
const word = fc.array(fc.oneof(special, fc.string({ unit: "grapheme", maxLength: 3 })), { maxLength: 12 }).map((parts) => parts.join(""));
const speakable = word.filter((text) => !/[\r\n\0]/.test(text));

describe("a line of cmd.exe", () => {
  it("gives a program exactly its arguments", () => {
    fc.assert(
      fc.property(fc.array(speakable, { maxLength: 5 }), (args) => {
        const { command, rest } = ofCommandLine(cmdLine("C:\\some folder\\args.exe", args), { PATH: "C:\\x", cd: "C:\\" });
        expect(rest).toBe("");
        expect(argumentsOf(command)).toEqual(["C:\\some folder\\args.exe", ...args]);
      }),
      { numRuns: 1000 },
    );
  });

  it("never lets an argument of a batch file out of its quotes", () => {
    fc.assert(
      fc.property(
        fc.array(
          speakable.filter((text) => !text.includes("%")),
          { maxLength: 5 },
        ),
        (args) => {
          const first = ofCommandLine(cmdLine("C:\\tsm.cmd", args), {});
          const second = ofCommandLine(`"C:\\java.exe" ${first.command.slice('"C:\\tsm.cmd"'.length)}`, {});
          expect([first.rest, second.rest]).toEqual(["", ""]);
          expect(argumentsOf(second.command).slice(1)).toEqual(args);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    [["status", "-v"], '"C:\\tsm.cmd" status -v'],
    [["C:/Tableau Connectors"], '"C:\\tsm.cmd" "C:/Tableau Connectors"'],
    [[""], '"C:\\tsm.cmd" ""'],
    [["a\\"], '"C:\\tsm.cmd" "a\\\\"'],
    [['say "hi"'], '"C:\\tsm.cmd" "say ""hi"""'],
    [["--value=-d"], '"C:\\tsm.cmd" "--value=-d"'],
  ])("writes %j plainly", (args, line) => {
    expect(cmdLine("C:\\tsm.cmd", args)).toBe(line);
  });

  it.each([
    ["C:\\args.exe", "a\nb"],
    ["C:\\args.exe", "a\rb"],
    ["C:\\args.exe", "a\0b"],
    ["C:\\tsm.cmd", "100%"],
    ["C:\\TSM.BAT", "%PATH%"],
  ])("refuses for %s what cannot be passed: %j", (program, arg) => {
    expect(() => cmdLine(program, [arg])).toThrow(expect.objectContaining({ code: "argument-invalid" }) as Error);
  });

  it("writes a path with backslashes", () => {
    expect(cmdPath("C:/Program Files/100%/x.taco")).toBe('"C:\\Program Files\\100%%cd:~,%\\x.taco"');
  });
});
