/**
 * Makes a function that tells where a word begins in a text, again and again. By Knuth, Morris and Pratt: other ways take time with the
 * product of both lengths where a text repeats itself, and both may come from a server.
 */
export function finder(word: string): (text: string) => readonly number[] {
  const back = fallbacks(word);
  return (text) => {
    const found: number[] = [];
    let matched = 0;
    for (let at = 0; at < text.length; at += 1) {
      while (matched > 0 && (matched === word.length || word[matched] !== text[at])) matched = back[matched - 1] ?? 0;
      if (word[matched] === text[at]) matched += 1;
      if (matched === word.length) found.push(at - matched + 1);
    }
    return found;
  };
}

/** For each beginning of the word, the length of the longest shorter beginning that it ends with. */
function fallbacks(word: string): readonly number[] {
  const back = [0];
  let matched = 0;
  for (let at = 1; at < word.length; at += 1) {
    while (matched > 0 && word[matched] !== word[at]) matched = back[matched - 1] ?? 0;
    if (word[matched] === word[at]) matched += 1;
    back.push(matched);
  }
  return back;
}
