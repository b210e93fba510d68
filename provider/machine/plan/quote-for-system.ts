import { trimEnd } from "../../vocabulary/trim-end";
import type { PlatformName } from "./products";

/** A word of a command line: for cmd.exe and the C runtime of Windows programs, else for sh. */
export function quoteForSystem(platform: PlatformName, word: string): string {
  return platform === "windows" ? quoteForWindows(word) : quoteForShell(word);
}

// A backslash before the closing quotation mark would take it for a part of the word:
// https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments. The word itself holds no quotation mark.
function quoteForWindows(word: string): string {
  return `"${word}${word.slice(trimEnd(word, "\\").length)}"`;
}

function quoteForShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
