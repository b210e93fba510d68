const plainWord = /^[A-Za-z0-9_./:@=+,%][A-Za-z0-9_./:@=+,%-]*$/;

/**
 * Writes an argument list as one command for a POSIX shell. Every word stays data: spaces, quotes, `$(...)`, newlines
 * and leading dashes included (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02).
 */
export function quoteArgv(argv: readonly string[]): string {
  return argv.map(quoteWord).join(" ");
}

function quoteWord(word: string): string {
  return plainWord.test(word) && !word.includes("=") ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
