import type { KeyName } from "../keys";
import { isKeyLike, isOurKey, isPrintableKey, tokensOf } from "./key-token";
import { noiseWords } from "./noise-words";

/** What one line of a list of pending changes tells. */
export interface LineJudgement {
  readonly ours: readonly KeyName[];
  readonly foreign: readonly string[];
}

export interface LineContext {
  readonly ourValues: readonly string[];
  /** What a line is that has no key and words that are not known. */
  readonly otherWords: "change" | "noise";
}

/** Stands for another's change whose name could be a value, and so a secret. */
const unnamedChange = "(a name that cannot be told)";

/**
 * Judges one line of a list of pending changes. Nothing of the line is in the result but our keys and names of keys that
 * are surely names, so that a value never gets out.
 */
export function judgePendingLine(line: string, context: LineContext): LineJudgement {
  const text = withoutValues(line, context.ourValues);
  const tokens = tokensOf(text);
  const ours = tokens.filter(isOurKey);
  const others = tokens.filter((token) => !isOurKey(token));
  if (others.some(namesKey)) {
    return { ours, foreign: [ours.length === 0 ? printableName(others) : unnamedChange] };
  }
  if (ours.length > 0) {
    return { ours, foreign: assignsOther(text) ? [unnamedChange] : [] };
  }
  const isNoise = context.otherWords === "noise" || isValue(text) || isHeading(text, others) || others.every(isNoiseToken);
  return { ours, foreign: isNoise ? [] : [unnamedChange] };
}

/** Takes our own values out, the longest first, where they stand as a whole. Only paths: other values could be anybody's words. */
function withoutValues(line: string, values: readonly string[]): string {
  return values
    .filter(isAbsolutePath)
    .sort((a, b) => b.length - a.length)
    .reduce((text, value) => text.replace(new RegExp(`(?<![\\w./\\\\-])${escapeRegExp(value)}(?![\\w./\\\\-])`, "g"), " "), line);
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}

/** `/opt/x`, `\\server\x`; a drive letter is a token of its own. */
function isAbsolutePath(text: string): boolean {
  return /^(?:[A-Za-z]:)?[/\\]/.test(text);
}

/** A key, or a path that ends in one, as a layout with paths would show it. */
function namesKey(token: string): boolean {
  return isAbsolutePath(token) ? token.split(/[/\\]/).some(isPrintableKey) : isKeyLike(token) || token.split(/[/\\@]/).some(isKeyLike);
}

/** The first word of the line that is no label, if it alone can be printed: of two, one could be the other's value. */
function printableName(tokens: readonly string[]): string {
  const name = tokens.find((token) => !isNoiseToken(token));
  return name !== undefined && isPrintableKey(name) && tokens.filter(isPrintableKey).length === 1 ? name : unnamedChange;
}

/** Beside one of our keys, `word=` or `word:` with an unknown word is a second change on the same line. */
function assignsOther(text: string): boolean {
  const outsidePaths = text.replace(/(?<!\w)(?:[A-Za-z]:)?[/\\][^=,;:|'"<>()[\]{}]*/g, " ");
  return [...outsidePaths.matchAll(/([A-Za-z_][\w.-]*)["']?\s*[=:]/g)].some(([, word = ""]) => !isOurKey(word) && !isNoiseToken(word));
}

function isNoiseToken(token: string): boolean {
  return noiseWords.has(token.toLowerCase()) || /^[\W\d_]*$/.test(token) || /^[A-Za-z]$/.test(token) || isAbsolutePath(token);
}

/** A value cannot be a change without the line that names its key, and a name is no path. */
function isValue(text: string): boolean {
  return valueLabel.test(text) || (pathFirst.test(text) && !assignsOther(text));
}

/** Three words or more and a colon, all but one of them known: `The following was found:` */
function isHeading(text: string, tokens: readonly string[]): boolean {
  return /^[A-Za-z ]+:$/.test(text.trim()) && tokens.length >= 3 && tokens.filter((token) => !isNoiseToken(token)).length <= 1;
}

/** `Value: x`, `New value = x` */
const valueLabel = /^\W*(?:(?:old|new|current|pending|previous|applied|default|original)[ _-]?)?values?\W*[:=]/i;
/** `/opt/my connectors`, `D:\my connectors` */
const pathFirst = /^[\s"'`*•|<([{-]*(?:[A-Za-z]:)?[/\\]/;
