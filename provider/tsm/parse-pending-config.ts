import type { KeyName } from "../keys";
import { answerUnreadable, callFailed } from "./answer-error";
import type { CallAnswer } from "./call";
import { cleanLines } from "./clean-lines";
import { judgePendingLine, remover } from "./pending-line";
import type { PendingChanges } from "./tsm";

/**
 * Reads `tsm pending-changes list --config-only`, whose layout is not documented.
 *
 * Each line is judged alone: our keys, another change, or noise. "Nothing" is only what says so itself and shows no change:
 * what cannot be understood is an error or somebody's change, because applying changes that were not seen disturbs a server.
 *
 * @param ourValues values that our keys have or had: where they stand alone, they are no change of their own.
 */
export function parsePendingConfig(answer: CallAnswer, ourValues: readonly string[]): Omit<PendingChanges, "topology"> {
  if (answer.exit !== 0) {
    throw callFailed(answer);
  }
  const output = cleanLines(answer.stdout);
  const errors = cleanLines(answer.stderr);
  // The list is on standard output, unless that is empty. Beside a list, standard error holds warnings: only keys count there.
  const list = output.length > 0 ? output : errors;
  const warnings = output.length > 0 ? errors : [];
  const withoutOurValues = remover(ourValues);
  const ours = new Set<KeyName>();
  const foreign = new Set<string>();
  for (const [lines, otherWords] of [
    [list, "change"],
    [warnings, "noise"],
  ] as const) {
    for (const line of lines) {
      const judgement = judgePendingLine(line.text, { withoutOurValues, otherWords });
      judgement.ours.forEach((key) => ours.add(key));
      judgement.foreign.forEach((name) => foreign.add(name));
    }
  }
  if (ours.size === 0 && foreign.size === 0 && ![...list, ...warnings].some((line) => nothingPending.test(line.text))) {
    throw answerUnreadable(answer, {
      expected: "`There are no pending configuration changes.` or changed keys",
      line: list.at(-1)?.number ?? 1,
    });
  }
  return { ours: [...ours].sort(), foreign: [...foreign] };
}

const nothingPending = /^\W*there are no pending (?:configuration )?changes\W*$/i;
