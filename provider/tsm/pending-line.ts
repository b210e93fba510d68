import type { KeyName } from "../vocabulary/keys";
import { finder } from "./find-all";
import { isKeyLike, isOurKey, isPrintableKey, tokensOf } from "./key-token";

/**
 * Words around keys and values in a list of pending changes, in lower case. Its layout is not documented, so headers, labels and
 * sentences are told from changes by these words alone: a line with any other word counts as somebody's change.
 */
const noiseWords: ReadonlySet<string> = new Set(
  `a an and any applied are as be been being before by change changed changes column columns config configuration configurations count
  current currently default does entries entry false following for found from have has if in into is it item items key keys list listed
  modified n name names needed needs new next no none not null of old on only operation option options parameter parameters pending previous
  property reboot require required requires requiring restart restarted restarts row rows server service services set setting settings should
  tableau that the there these they this to total true topology tsm type boolean bool string unset until update updated updates value values was were when will with
  without would y yes you your dynamic static unchanged added removed deleted reset`.split(/\s+/),
);

/** What one line of a list of pending changes tells. */
export interface LineJudgement {
  readonly ours: readonly KeyName[];
  readonly othersChanges: readonly string[];
}

/** Stands for another's change whose name could be a value, and so a secret. */
const unnamedChange = "(a name that cannot be told)";

/**
 * Judges one line of a list of pending changes. Nothing of the line is in the result but our keys and names of keys that
 * are surely names, so that a value never gets out.
 *
 * @param withoutOurValues {@link remover} of the values that our keys have or had.
 */
export function judgePendingLine(line: string, withoutOurValues: (line: string) => string): LineJudgement {
  const text = withoutOurValues(line);
  const tokens = tokensOf(text);
  const ours = tokens.filter(isOurKey);
  const others = tokens.filter((token) => !isOurKey(token));
  if (others.some(namesKey)) {
    return { ours, othersChanges: [ours.length === 0 ? printableName(others) : unnamedChange] };
  }
  if (ours.length > 0) {
    return { ours, othersChanges: assignsOther(text) ? [unnamedChange] : [] };
  }
  const isNoise = isValue(text) || isHeading(text, others) || others.every(isNoiseToken);
  return { ours, othersChanges: isNoise ? [] : [unnamedChange] };
}

/**
 * Whether a line beside a list is a row of one: it begins with the name of a key that is Tableau's, and what follows is a value, as far
 * as any layout goes. Names of Java classes, files and hosts have dots as well, and messages speak of keys, so neither makes a row.
 */
export function beginsWithKey(line: string): boolean {
  const [start = "", name = ""] = rowStart.exec(line.trim()) ?? [];
  const rest = line.trim().slice(start.length);
  return (isOurKey(name) || (isPrintableKey(name) && !fileName.test(name))) && valueFollows.test(rest);
}

/** A bullet or a number, a label such as `Key:`, and the name. */
const rowStart = /^(?:\d{1,4}[.):]? |[^\w\s/\\]{1,3} ?)?(?:(?:key|name|parameter|property|setting)\s?[:=]\s?)?["'`<([]?([A-Za-z][\w.-]*)/i;
const valueFollows = /^["'`>\])]?(?:\s*(?:[:=|,;→]|->|$)|\s{2}|\t| \S+$| (?:changed|will) )/;
const fileName = /\.(?:xml|ya?ml|json|properties|conf|cfg|log|txt|jar|class|java|so|dll|exe|sh|cmd|bat)$/i;

/**
 * Makes a function that takes our own values out of a line, the longest first, where they stand as a whole. Only paths: other values
 * could be anybody's words.
 */
export function remover(values: readonly string[]): (line: string) => string {
  const removers = values
    .filter(isAbsolutePath)
    .sort((a, b) => b.length - a.length)
    .map((value) => ({ length: value.length, find: finder(value) }));
  return (line) => removers.reduce((text, { length, find }) => withoutWhole(text, length, find(text)), line);
}

function withoutWhole(text: string, length: number, places: readonly number[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const at of places) {
    const isWhole = !partOfPath.test(text.charAt(at - 1)) && !partOfPath.test(text.charAt(at + length));
    if (at < from || !isWhole) continue;
    pieces.push(text.slice(from, at));
    from = at + length;
  }
  return [...pieces, text.slice(from)].join(" ");
}

const partOfPath = /[\w./\\-]/;

/** `/opt/x`, `\\server\x`; a drive letter is a token of its own. */
function isAbsolutePath(text: string): boolean {
  return /^(?:[A-Za-z]:)?[/\\]/.test(text);
}

/** A key, or a path that ends in one, as a layout with paths would show it. */
function namesKey(token: string): boolean {
  return isAbsolutePath(token) ? token.split(/[/\\]/).some(isPrintableKey) : token.split(/[/\\@]/).some(isKeyLike);
}

/** The first word of the line that is no label, if it alone can be printed: of two, one could be the other's value. */
function printableName(tokens: readonly string[]): string {
  const name = tokens.find((token) => !isNoiseToken(token));
  return name !== undefined && isPrintableKey(name) && tokens.filter(isPrintableKey).length === 1 ? name : unnamedChange;
}

/** Beside one of our keys, `word=` or `word:` with an unknown word is a second change on the same line. */
function assignsOther(text: string): boolean {
  const outsidePaths = text.replace(/(?<!\w)[/\\][^=,;:|'"<>()[\]{}]*/g, " ");
  return [...outsidePaths.matchAll(/([\w.-]+)(["']?\s*[=:])?/g)].some(([, run = "", sign]) => {
    const word = run.replace(/^[\d.-]+/, "");
    return sign !== undefined && word !== "" && !isOurKey(word) && !isNoiseToken(word);
  });
}

/** Whether a word says nothing of a change. */
export function isNoiseToken(token: string): boolean {
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
