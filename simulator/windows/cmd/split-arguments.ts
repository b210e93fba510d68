/**
 * The arguments that a program gets of its command line, by the rules of Microsoft's C runtime: `2n` backslashes before a
 * quote are n and the quote counts, `2n+1` are n and a plain quote; two quotes within quotes are a plain one.
 * https://learn.microsoft.com/en-us/cpp/c-language/parsing-c-command-line-arguments
 */
export function splitArguments(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const backslashes = /^\\*/.exec(line.slice(at))?.[0].length ?? 0;
    if (backslashes > 0) {
      const quote = line[at + backslashes] === '"';
      word = (word ?? "") + "\\".repeat(quote ? Math.floor(backslashes / 2) : backslashes);
      at += backslashes - 1;
      if (quote && backslashes % 2 === 1) {
        word += '"';
        at++;
      }
      continue;
    }
    const char = line[at] ?? "";
    if (char === '"') {
      word ??= "";
      if (quoted && line[at + 1] === '"') word += line[++at] ?? "";
      else quoted = !quoted;
    } else if (!quoted && (char === " " || char === "\t")) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + char;
  }
  return word === undefined ? words : [...words, word];
}
