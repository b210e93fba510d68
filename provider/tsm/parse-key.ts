import { disableVerifyKey } from "../vocabulary/keys";
import { answerUnreadable, callFailed } from "./answer-error";
import type { CallAnswer } from "./call";
import { cleanLines, listLines, type Line } from "./clean-lines";
import type { KeyAnswer } from "./tsm";

/** Reads `tsm configuration get`. The text decides: the exit status for an unknown key is not documented. */
export function parseKey(answer: CallAnswer): KeyAnswer {
  const lines = valueLines(answer);
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

/** The lines of standard output; where one alone can be a value of the key, the others are noise. */
function valueLines(answer: CallAnswer): readonly Line[] {
  const lines = listLines(answer.stdout);
  const form = answer.call.args.includes(disableVerifyKey) ? /^(?:true|false)$/i : /^(?:[A-Za-z]:)?[/\\]/;
  const values = lines.filter(({ text }) => form.test(text.trim()) || unset.test(text.trim()));
  return values.length === 1 ? values : lines;
}

/** Three words or more: neither a path nor a flag. */
function isSentence(value: string): boolean {
  return /^[A-Z]?[a-z']+ /.test(value) && !/[/\\]/.test(value) && value.split(/ +/).length >= 3;
}

/** https://github.com/tableau/connector-plugin-sdk/issues/1273 */
const unknownKey = /^\s*(?:error: )?unknown key\b/i;
