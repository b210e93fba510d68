import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { cmdLine } from "../../provider/host/windows/cmd-line";
import { argumentLists } from "./support/argument-lists";
import { missingPrograms } from "./support/missing-programs";
import { Wine } from "./support/wine";

// On a busy machine wine loses one of some thousand programs of a cmd.exe, which is nothing of ours: the failure is printed, and CI has
// one more try.
if (process.env["CI"] !== undefined) jest.retryTimes(1, { logErrorsBeforeRetry: true });

const missing = missingPrograms();
const why = missing.length === 0 ? "" : ` (skipped: there is no ${missing.join(", no ")})`;
const count = 1000;

// A line of the provider begins like this. Many programs on one line spare many starts of cmd.exe.
const prefix = "chcp 65001>nul 2>&1&";
const longest = 7500;

(missing.length === 0 ? describe : describe.skip)(`command lines in a cmd.exe that is not ours${why}`, () => {
  let wine: Wine;
  let programs: Readonly<Record<"program" | "batch", string>>;
  let runLines = "";

  beforeAll(() => {
    wine = new Wine();
    const program = wine.compile(join(__dirname, "programs", "args.c"), "args");
    runLines = wine.compile(join(__dirname, "programs", "run-lines.c"), "run-lines");
    writeFileSync(join(wine.folder, "args.cmd"), '@echo off\r\n"%~dp0args.exe" %*\r\n');
    programs = { program, batch: program.replace(/exe$/, "cmd") };
  });
  afterAll(() => wine.stop());

  test.each(["program", "batch"] as const)(
    `${count} lists of arguments reach a %s byte for byte`,
    (kind) => {
      const lists = argumentLists(count, kind);
      const file = join(wine.folder, `${kind}.lines`);
      writeFileSync(file, joined(lists.map((list) => cmdLine(programs[kind], list))).join("\0"));
      const printed = wine.run(runLines, [wine.windowsPath(file)]).toString("latin1");
      const answers = printed.split(/\r?\n/).filter((line) => line !== "");
      expect(answers.map(read)).toEqual(lists);
      expect(answers).toHaveLength(count);
    },
    1_200_000,
  );
});

function joined(lines: readonly string[]): string[] {
  const whole: string[] = [];
  for (const line of lines) {
    const last = whole.at(-1);
    if (last !== undefined && last.length + line.length < longest) whole[whole.length - 1] = `${last}&${line}`;
    else whole.push(prefix + line);
  }
  return whole;
}

function read(answer: string): string[] {
  const units = (word: string): number[] => (word.match(/.{4}/g) ?? []).map((digits) => Number.parseInt(digits, 16));
  return answer
    .slice(1, -1)
    .split(",")
    .map((word) => String.fromCharCode(...units(word)));
}
