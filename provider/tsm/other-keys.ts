import { connectPluginsPathKey } from "../vocabulary/keys";
import { finder } from "./find-all";
import { isPrintableKey, tokensOf } from "./key-token";
import type { WatchedKeys } from "./tsm";

/** A line of a list of pending changes in which every watched key looks like one of our two, and which of them it named. */
export interface ReadLine {
  readonly text: string;
  /** The line as it was. */
  readonly whole: string;
  readonly named: readonly string[];
}

/**
 * Makes a function that reads watched keys and their values out of a line, so that its caller need only know our two keys.
 *
 * A value may look like anything, like names of keys too, as that of `oauth.config.clients` does. It is taken out where it stands
 * beside its key or alone, and nowhere else: in the line of somebody else's change it is somebody else's.
 *
 * @param isNoise whether a word says nothing of a change.
 */
export function otherKeysIn(watched: WatchedKeys, isNoise: (token: string) => boolean): (line: string) => ReadLine {
  const values = [...new Set([...watched.values()].flat())].filter((value) => value !== "" && !isPrintableKey(value));
  // A layout of JSON escapes what stands in it.
  const forms = [...new Set(values.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]))];
  const removers = forms.sort((a, b) => b.length - a.length).map((form) => replacer(form, " ", partOfWord));
  const namers = [...watched.keys()].map((key) => ({ key, replace: replacer(key, connectPluginsPathKey, partOfName) }));
  return (line) => {
    const bare = removers.reduce((text, remove) => remove(text), line);
    const named = namers.filter(({ replace }) => replace(bare) !== bare);
    const isOurs = named.length > 0 || tokensOf(bare).every(isNoise);
    const text = named.reduce((all, { replace }) => replace(all), isOurs ? bare : line);
    return { text, whole: line, named: named.map(({ key }) => key) };
  };
}

const partOfWord = /\w/;
const partOfName = /[\w.-]/;

// Whole words alone: not the beginning of another name.
function replacer(word: string, by: string, part: RegExp): (text: string) => string {
  const find = finder(word);
  return (text) => {
    const pieces: string[] = [];
    let from = 0;
    for (const at of find(text)) {
      const [before, after] = [text.charAt(at - 1), text.slice(at + word.length)];
      const isWhole =
        !(part.test(before) && part.test(word.charAt(0))) &&
        !(part.test(after.replace(/^\.(?!\w)/, " ").charAt(0)) && part.test(word.slice(-1)));
      if (at < from || !isWhole) continue;
      pieces.push(text.slice(from, at), by);
      from = at + word.length;
    }
    return [...pieces, text.slice(from)].join("");
  };
}
