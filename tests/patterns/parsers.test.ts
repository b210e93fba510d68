import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { customParsers, notParsers } from "./support/custom-parsers";
import { hostileText, sampleOf } from "./support/hostile-texts";
import { findParsers } from "./support/parsers";
import { root } from "./support/sources";
import { WorkCounter } from "./support/work";

// PULUMI_TABLEAU_PARSERS=whole tries every shape of each parser; without it a sample, the same each time. `npm run bench -- parsers` measures the time.
const isWhole = process.env["PULUMI_TABLEAU_PARSERS"] === "whole";
const { parsers, unknown } = findParsers(isWhole ? undefined : 4);
const cases = parsers.map((parser) => [parser.name, parser] as const);

test("every function of the provider that takes text from outside is given hostile texts", () => {
  expect(unknown).toEqual([]);
  expect(parsers.length).toBeGreaterThan(120);
});

test("what is called in a way of its own, or left alone, exists", () => {
  const missing = [...Object.keys(customParsers), ...notParsers].filter((name) => {
    const [file = "", word = ""] = name.split(" ");
    const path = join(root, "provider", file);
    return !existsSync(path) || !readFileSync(path, "utf8").includes(word);
  });
  expect(missing).toEqual([]);
});

describe("work", () => {
  const squared = (text: string): number => Array.from(text, () => Array.from(text, () => 1)).length;

  test("counts what takes more than linear time", async () => {
    const counter = new WorkCounter("/tests/patterns/");
    const [once, twice] = [await counter.count(() => squared("a".repeat(200))), await counter.count(() => squared("a".repeat(400)))];
    counter.stop();
    expect(twice / once).toBeGreaterThan(3.5);
  });

  test.each(cases)("%s: twice the text, twice the work", async (_name, { shapes, parse }) => {
    const counter = new WorkCounter("/provider/");
    const work = (length: number): Promise<number> =>
      counter.count(async () => {
        for (const shape of shapes) await refusesOrReturns(() => parse(hostileText(shape, length)));
      });
    // Modules are loaded, and code is made, before it counts.
    await work(100);
    const [once, twice] = [await work(2000), await work(4000)];
    counter.stop();
    expect(twice).toBeLessThanOrEqual(2.3 * once + 1000);
  });
});

test.each(cases)("%s returns or refuses texts of 100,000 characters", async (_name, { shapes, parse }) => {
  const tried = isWhole ? shapes : sampleOf(shapes, 7);
  for (const shape of tried) await refusesOrReturns(() => parse(hostileText(shape, 100_000)));
  expect(tried.length).toBeGreaterThanOrEqual(isWhole ? 20 : 7);
});

/** Whatever an error says is a refusal, but for what the engine throws: for a value that is none, a stack or a text that grows too long. */
async function refusesOrReturns(parse: () => unknown): Promise<void> {
  try {
    await parse();
  } catch (error) {
    const isEngines = error instanceof TypeError || /Maximum call stack|Invalid (?:string|array) length/.test(String(error).slice(0, 200));
    if (isEngines || !(error instanceof Error)) throw error;
  }
}
