import { answerUnreadable, callFailed } from "./answer-error";
import type { CallAnswer } from "./call";
import { answerLines, cleanLines, listLines } from "./clean-lines";
import { otherKeysIn } from "./other-keys";
import { beginsWithKey, isNoiseToken, judgePendingLine, remover } from "./pending-line";
import type { PendingChanges, WatchedKeys } from "./tsm";

/**
 * Reads `tsm pending-changes list --config-only`, whose layout is not documented.
 *
 * Each line is judged alone: our keys, another change, or noise. "Nothing" is only what says so itself and shows no change:
 * what cannot be understood is an error or somebody's change, because applying changes that were not seen disturbs a server.
 *
 * @param ourValues values that our keys have or had: where they stand alone, they are no change of their own.
 * @param watched further keys that are ours here.
 */
export function parsePendingConfig(
  answer: CallAnswer,
  ourValues: readonly string[],
  watched: WatchedKeys = new Map(),
): Omit<PendingChanges, "topology"> {
  if (answer.exit !== 0) {
    throw callFailed(answer);
  }
  const list = answerLines(answer);
  const isOnOutput = listLines(answer.stdout).length > 0;
  // Beside a list, standard error is noise, but for a row that names a key as the list does.
  const read = otherKeysIn(watched, isNoiseToken);
  const beside = (isOnOutput ? cleanLines(answer.stderr) : []).map(({ text }) => read(text)).filter(({ text }) => beginsWithKey(text));
  const withoutOurValues = remover(ourValues);
  const ours = new Set<string>();
  const othersChanges = new Set<string>();
  for (const { text, named, whole } of [...list.map((line) => read(line.text)), ...beside]) {
    const judgement = judgePendingLine(text, withoutOurValues);
    [...named, ...judgement.ours.filter((key) => named.length === 0 || whole.includes(key))].forEach((key) => ours.add(key));
    judgement.othersChanges.forEach((name) => othersChanges.add(name));
  }
  if (ours.size === 0 && othersChanges.size === 0 && !list.some((line) => nothingPending.test(line.text))) {
    throw answerUnreadable(answer, {
      expected: "`There are no pending configuration changes.` or changed keys",
      line: list.at(-1)?.number ?? 1,
    });
  }
  return { ours: [...ours].sort(), othersChanges: [...othersChanges] };
}

const nothingPending = /^\W*there are no pending (?:configuration )?changes\W*$/i;
