import { disableVerifyKey, longestKeyValue } from "../vocabulary/keys";
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
  if (first === undefined || unset.test(first.text.trim())) {
    return { kind: "unset" };
  }
  const value = first.text.trim();
  if (isSentence(value)) {
    throw answerUnreadable(answer, { expected: "the value alone, or `Null`", line: first.number });
  }
  return { kind: "value", value };
}

/**
 * Reads the same of any other key, whose value may have any form. A value that tsm conceals says that there is one and not which:
 * what was last applied counts then, as it does for a key that the server denies to know.
 *
 * @param known values that the key may have: such a line is one, whatever else it looks like.
 */
export function parseOtherKey(answer: CallAnswer, known: readonly string[]): KeyAnswer {
  const raw = answer.stdout.split(/\r?\n/).map((line) => line.trim());
  const expected = known.find((value) => raw.includes(value.trim()));
  if (answer.exit === 0 && expected !== undefined) return { kind: "value", value: expected };
  const lines = listLines(answer.stdout);
  if ([...lines, ...cleanLines(answer.stderr)].some((line) => unknownKey.test(line.text))) return { kind: "unknown" };
  if (answer.exit !== 0) throw callFailed(answer);
  // A structure may be printed over several lines.
  const [, second] = lines;
  const value = lines.map(({ text }) => text.trim()).join(" ");
  if (second !== undefined && !isStructure(value)) {
    throw answerUnreadable(answer, { expected: "the value alone on one line", line: second.number });
  }
  if (value === "" || /^null$/i.test(value) || unsetSentence.test(value)) return { kind: "unset" };
  if (concealed.test(value)) return { kind: "unknown" };
  if (value.length > longestKeyValue) throw answerUnreadable(answer, { expected: `at most ${String(longestKeyValue)} characters` });
  return { kind: "value", value };
}

function isStructure(text: string): boolean {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}

const unsetSentence = /^no value\b|\b(?:has no value|is not (?:set|configured)|default value is used)\b/i;

/** `ENC(…)`, `********`, `[REDACTED]` */
const concealed = /^ENC\(.*\)$|^[*•]{3,}$|^[<([]?(?:redacted|hidden|encrypted|secret)[>)\]]?$/i;

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
