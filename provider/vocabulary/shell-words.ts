const plainWord = /^[\w@%+:,./-][\w@%+=:,./-]*$/;

/**
 * A text as one word of a command for a POSIX shell. It stays data: spaces, quotes, `$(...)`, newlines and leading dashes included
 * (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02). A `=` at its start would be a command for zsh.
 */
export function shellWord(word: string): string {
  return plainWord.test(word) ? word : quoted(word);
}

/** An argument list as one command for a POSIX shell, in which no word is taken for an assignment. */
export function quoteArgv(argv: readonly string[]): string {
  return argv.map((word) => (word.includes("=") ? quoted(word) : shellWord(word))).join(" ");
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
