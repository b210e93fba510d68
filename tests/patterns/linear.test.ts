import { check, type Diagnostics } from "recheck";
import { patternsOf } from "./support/patterns-of-sources";

// recheck proves a pattern by an automaton or searches for a text that takes long. Its own limits are of time, so that a busy machine
// would change the verdict: they are counts here, and the seed is fixed.
const options = {
  ...{ timeout: null, incubationTimeout: null, seedingTimeout: null, attackTimeout: null },
  attackLimit: 100_000_000,
  randomSeed: 1,
};

test("finds what takes more than linear time", async () => {
  const verdicts = await Promise.all(
    [/^(?: [^/]+){2,}\.$/, /\bno\b.*\bjobs?\b/i, /\/+$/].map(({ source, flags }) => check(source, flags, options)),
  );
  expect(verdicts.map(complexityOf)).toEqual(["exponential", "2nd degree polynomial", "2nd degree polynomial"]);
});

test("every regular expression of the sources takes linear time, whatever text it meets", async () => {
  const patterns = patternsOf(["provider", "simulator"]);
  expect(patterns.length).toBeGreaterThan(250);
  const wrong: string[] = [];
  for (const { source, flags, place } of patterns) {
    const verdict = await check(source, flags, options);
    if (verdict.status !== "safe") wrong.push(`${place}: /${source}/${flags} is ${complexityOf(verdict)}`);
  }
  expect(wrong).toEqual([]);
});

function complexityOf(verdict: Diagnostics): string {
  return verdict.status === "vulnerable" ? verdict.complexity.summary : verdict.status;
}
