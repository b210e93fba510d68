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
  if (value === "" || unset.test(value)) {
    return { kind: "unset" };
  }
  if (isSentence(value)) {
    throw answerUnreadable(answer, { expected: "the value alone, or `Null`", line: first?.number ?? 1 });
  }
  return { kind: "value", value };
}

const unset =
  /^[<([]?(?:null|unset|not set|none|default)[>)\]]?$|^no value\b|\b(?:has no value|is not (?:set|configured)|default value is used)\b/i;

/** Three words or more and a full stop: neither a path nor a flag. */
function isSentence(value: string): boolean {
  const first = /^[A-Z]?[a-z']+ /.exec(value)?.[0];
  if (first === undefined || !value.endsWith(".") || /[/\\]/.test(value)) return false;
  const rest = value.slice(first.length, -1);
  const blank = rest.indexOf(" ", 1);
  return blank > 0 && blank < rest.length - 1;
}

/** https://github.com/tableau/connector-plugin-sdk/issues/1273 */
const unknownKey = /^\s*(?:error: )?unknown key\b/i;
