import { TableauError } from "../../vocabulary/error";
import { trimEnd } from "../../vocabulary/trim-end";

// What neither cmd nor the C runtime of a program gives a meaning to. "=", "," and ";" part the arguments of a batch file.
const plain = /^[A-Za-z0-9_./:\\@+-]+$/;

/**
 * One line that cmd.exe, in command-line mode, runs so that the program gets exactly these arguments, whether it is a program
 * or a batch file that passes `%*` on.
 *
 * Everything that is not plain stands between double quotes, where `&|<>^()` mean nothing. A double quote is doubled: so
 * cmd's view of what is quoted never turns over, and the C runtime reads one
 * (https://learn.microsoft.com/en-us/cpp/c-language/parsing-c-command-line-arguments). Backslashes are doubled before a
 * double quote. `%%cd:~,%` is expanded to its first `%`, which is not looked at again; cmd knows no other escape for it
 * outside of batch files. Holds with cmd's defaults: extensions on, delayed expansion off.
 *
 * @see https://blog.rust-lang.org/2024/04/09/cve-2024-24576 what happens otherwise
 * @throws TableauError (argument-invalid) for a line end or a NUL, which no command line of Windows can hold, and for a `%`
 * in an argument of a batch file: how often it is expanded there depends on how the file is written.
 */
export function cmdLine(program: string, args: readonly string[]): string {
  const percent = /\.(?:cmd|bat)$/i.test(program) ? args.find((arg) => arg.includes("%")) : undefined;
  if (percent !== undefined) throw unspeakable(percent, "a percent sign, which a batch file may take for a variable");
  return [quoted(program), ...args.map((arg) => (plain.test(arg) && !arg.endsWith("\\") ? arg : quoted(arg)))].join(" ");
}

/** A path as a word of a line: always in double quotes and with backslashes, as some of cmd's own commands want it. */
export function cmdPath(path: string): string {
  return quoted(path.replaceAll("/", "\\"));
}

function quoted(word: string): string {
  if (/[\r\n\0]/.test(word)) throw unspeakable(word, "a line end or a NUL character, which no command line there can hold");
  const escaped = word.split('"').map(withLastBackslashesDoubled).join('""');
  return `"${escaped.replaceAll("%", "%%cd:~,%")}"`;
}

function withLastBackslashesDoubled(part: string): string {
  return part + part.slice(trimEnd(part, "\\").length);
}

function unspeakable(word: string, why: string): TableauError {
  return new TableauError("argument-invalid", {
    message: `A value for a Windows node holds ${why}: ${JSON.stringify(word)}.`,
    next: "Correct that value in the program.",
  });
}
