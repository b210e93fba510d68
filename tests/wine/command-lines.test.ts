import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { cmdLine } from "../../provider/host/windows/cmd-line";
import { argumentLists } from "./support/argument-lists";
import { missingPrograms } from "./support/missing-programs";
import { Wine } from "./support/wine";

const missing = missingPrograms();
const why = missing.length === 0 ? "" : ` (skipped: there is no ${missing.join(", no ")})`;
// PULUMI_TABLEAU_WINE=whole gives a thousand; otherwise the first of the same.
const count = process.env["PULUMI_TABLEAU_WINE"] === "whole" ? 1000 : 400;

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

  /** What reached the program, by the first argument. */
  const answersTo = (lists: readonly (readonly string[])[], kind: "program" | "batch"): ReadonlyMap<string, readonly string[]> => {
    const file = join(wine.folder, `${kind}.lines`);
    writeFileSync(file, joined(lists.map((list) => cmdLine(programs[kind], list))).join("\0"));
    const printed = wine.run(runLines, [wine.windowsPath(file)]).toString("latin1");
    const answers = printed.split(/\r?\n/).filter((line) => line !== "");
    return new Map(answers.map(read).map((answer) => [answer[0] ?? "", answer]));
  };

  test.each(["program", "batch"] as const)(
    `${count} lists of arguments reach a %s byte for byte`,
    (kind) => {
      // The first argument is the number of the list: an answer that is missing is told from one that is wrong.
      const lists = argumentLists(count, kind).map((list, number) => [String(number), ...list]);
      const answers = answersTo(lists, kind);
      // On a busy machine wine loses one of some thousand programs of a cmd.exe, whatever its arguments are. Those lists are given once more.
      const lost = lists.filter(([number = ""]) => !answers.has(number));
      expect(lost.length).toBeLessThanOrEqual(count / 100);
      const found = new Map([...answers, ...(lost.length === 0 ? [] : answersTo(lost, kind))]);
      expect(lists.map(([number = ""]) => found.get(number))).toEqual(lists);
      expect(found.size).toBe(count);
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
