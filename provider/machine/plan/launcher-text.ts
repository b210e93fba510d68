import { shellWord } from "../../vocabulary/shell-words";
import { trimEnd } from "../../vocabulary/trim-end";
import type { PlatformName } from "./products";

/** What every launcher file says of itself: by that a file that this package wrote is known. */
export const launcherMark = "Kept in place by pulumi-tableau";

/**
 * Text of the file that starts these words when it is opened.
 *
 * @param keeper letters and digits that tell one resource's file from another's, so that a renamed resource loses none.
 */
export function launcherText(platform: PlatformName, words: readonly string[], keeper: string): string {
  const remark = `${launcherMark}${keeper === "" ? "" : ` (${keeper})`}.`;
  if (platform === "windows") return cmdText(words, remark);
  return platform === "macos" ? commandText(words, remark) : desktopText(words, remark);
}

// In a batch file a % is written twice. Without `start` the window would stay until Tableau ends; its first "" is a title.
function cmdText(words: readonly string[], remark: string): string {
  const line = words.map((word) => windowsWord(word).replaceAll("%", "%%")).join(" ");
  // The file is UTF-8, and cmd reads it by the code page that is set.
  const codePage = /^[ -~]*$/.test(line) ? [] : ["chcp 65001 >nul"];
  return ["@echo off", `rem ${remark}`, ...codePage, `start "" ${line}`, ""].join("\r\n");
}

function commandText(words: readonly string[], remark: string): string {
  return `#!/bin/sh\n# ${remark}\nexec ${words.map(shellWord).join(" ")}\n`;
}

// https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html: quoted as an argument, a % twice,
// and then once more as any value, in which a backslash is written twice.
function desktopText(words: readonly string[], remark: string): string {
  const exec = words.map((word) => `"${word.replace(/["`$\\]/g, "\\$&").replaceAll("%", "%%")}"`).join(" ");
  return [
    "[Desktop Entry]",
    `# ${remark}`,
    "Type=Application",
    "Name=Tableau Desktop for connector development",
    `Exec=${exec.replaceAll("\\", "\\\\")}`,
    "Terminal=false",
    "",
  ].join("\n");
}

/** A word of a command line: for cmd.exe and the C runtime of Windows programs, else for sh. */
export function wordFor(platform: PlatformName, word: string): string {
  return platform === "windows" ? windowsWord(word) : shellWord(word);
}

// A backslash before the closing quotation mark would take it for a part of the word:
// https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments. The word itself holds no quotation mark.
function windowsWord(word: string): string {
  return `"${word}${word.slice(trimEnd(word, "\\").length)}"`;
}
