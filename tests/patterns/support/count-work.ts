/** Prints how much work each parser has with texts of 2,000 and of 4,000 characters. A program: node --no-opt --require scripts/typescript-hook.cjs. */
import { hostileText, sampleOf } from "./hostile-texts";
import { findParsers, isWhole } from "./parsers";
import { refusesOrReturns } from "./refuses-or-returns";
import { WorkCounter } from "./work";

export interface Work {
  readonly name: string;
  /** Runs of blocks. */
  readonly once: number;
  readonly twice: number;
}

/** To see that more than linear time is found. */
function squared(text: string): number {
  return Array.from(text, () => Array.from(text, () => 1)).length;
}

async function main(): Promise<void> {
  const all: Work[] = [];
  const own = new WorkCounter("/tests/patterns/support/count-work");
  const run = (length: number): Promise<number> => own.count(() => squared("a".repeat(length)));
  all.push({ name: "squared", once: await run(200), twice: await run(400) });
  own.stop();
  const { parsers } = findParsers(isWhole ? undefined : 4);
  const counter = new WorkCounter("/provider/");
  for (const [turn, { name, shapes, parse }] of parsers.entries()) {
    const tried = isWhole ? shapes : sampleOf(shapes, 20, turn);
    const work = (length: number): Promise<number> =>
      counter.count(async () => {
        for (const shape of tried) await refusesOrReturns(() => parse(hostileText(shape, length)));
      });
    // Modules are loaded, and code is made, before it counts.
    await work(100);
    all.push({ name, once: await work(2000), twice: await work(4000) });
  }
  counter.stop();
  process.stdout.write(JSON.stringify(all));
}

void main();
