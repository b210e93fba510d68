import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Work } from "./support/count-work";
import { customParsers, notParsers } from "./support/custom-parsers";
import { hostileText, sampleOf } from "./support/hostile-texts";
import { findParsers, isWhole } from "./support/parsers";
import { refusesOrReturns } from "./support/refuses-or-returns";
import { root } from "./support/sources";

const { parsers, unknown } = findParsers(isWhole ? undefined : 4);
const cases = parsers.map((parser, turn) => [parser.name, { ...parser, turn }] as const);

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
  let counts: ReadonlyMap<string, Work>;
  beforeAll(() => {
    counts = new Map(countWork().map((one) => [one.name, one]));
  });

  test("counts what takes more than linear time", () => {
    const { once, twice } = counts.get("squared") ?? { once: 1, twice: 0 };
    expect(twice / once).toBeGreaterThan(3.5);
  });

  test.each(cases)("%s: twice the text, twice the work", (name) => {
    const { once, twice } = counts.get(name) ?? { once: 0, twice: Infinity };
    expect(twice).toBeLessThanOrEqual(2.3 * once + 1000);
  });
});

// A process of its own, since what other tests have left in this one would count too; and code that V8 has optimized counts nothing.
function countWork(): readonly Work[] {
  const options = ["--no-opt", "--require", join(root, "scripts/typescript-hook.cjs"), join(__dirname, "support/count-work.ts")];
  const { status, stdout, stderr } = spawnSync(process.execPath, options, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as readonly Work[];
}

test.each(cases)("%s returns or refuses texts of 100,000 characters", async (_name, { shapes, parse, turn }) => {
  const tried = isWhole ? shapes : sampleOf(shapes, 4, turn);
  for (const shape of tried) await refusesOrReturns(() => parse(hostileText(shape, 100_000)));
  expect(tried.length).toBeGreaterThanOrEqual(isWhole ? 20 : 4);
});
