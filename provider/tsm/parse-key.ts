import { answerUnreadable, callFailed } from "./answer-error";
import type { CallAnswer } from "./call";
import { cleanLines } from "./clean-lines";
import type { KeyAnswer } from "./tsm";

/** Reads `tsm configuration get`. The text decides: the exit status for an unknown key is not documented. */
export function parseKey(answer: CallAnswer): KeyAnswer {
  const lines = cleanLines(answer.stdout);
  if ([...lines, ...cleanLines(answer.stderr)].some((line) => unknownKey.test(line.text))) {
    return { kind: "unknown" };
  }
  if (answer.exit !== 0) {
    throw callFailed(answer);
  }
  const [first, second] = lines;
  if (second !== undefined) {
    throw answerUnreadable(answer, { expected: "the value alone on one line", line: second.number });
  }
  // The documentation says `Null` where there is no value; the letter case and an empty line are tolerated.
  const value = first?.text.trim() ?? "";
  return value === "" || /^null$/i.test(value) ? { kind: "unset" } : { kind: "value", value };
}

/** https://github.com/tableau/connector-plugin-sdk/issues/1273 */
const unknownKey = /^\s*(?:error: )?unknown key\b/i;
