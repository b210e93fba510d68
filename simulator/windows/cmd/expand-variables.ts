/** How a variable's value is found. */
export type Lookup = (name: string) => string | undefined;

/** The words of a batch file's call: %0 to %9, and %* as it was written. */
export interface BatchArguments {
  readonly words: readonly string[];
  readonly all: string;
  /** `%~dp0` */
  readonly folder: string;
}

/**
 * The first thing that cmd.exe does to a line, before it looks at quotes or carets: `%NAME%`, `%NAME:~2,3%` and
 * `%NAME:a=b%` give way to values. On a command line an unknown variable stays as it is and `%%` is nothing special; in a
 * batch file an unknown variable goes, `%%` is a percent sign, and `%1` and `%*` are its arguments.
 * https://stackoverflow.com/questions/4094699/how-does-the-windows-command-interpreter-cmd-exe-parse-scripts
 */
export function expandVariables(line: string, lookup: Lookup, batch?: BatchArguments): string {
  let expanded = "";
  for (let at = 0; at < line.length;) {
    if (line[at] !== "%") {
      expanded += line[at++] ?? "";
      continue;
    }
    const found = (batch === undefined ? undefined : batchWord(line, at, batch)) ?? variable(line, at, lookup);
    expanded += found?.value ?? (batch === undefined ? "%" : "");
    at = found === undefined || (found.value === undefined && batch === undefined) ? at + 1 : found.end;
  }
  return expanded;
}

interface Found {
  /** undefined: a variable that is not set. */
  readonly value: string | undefined;
  readonly end: number;
}

function batchWord(line: string, at: number, { words, all, folder }: BatchArguments): Found | undefined {
  const rest = line.slice(at);
  if (rest.startsWith("%%")) return { value: "%", end: at + 2 };
  if (rest.startsWith("%*")) return { value: all, end: at + 2 };
  if (/^%~dp0/i.test(rest)) return { value: folder, end: at + 5 };
  const bare = /^%(~?)(\d)/.exec(rest);
  if (bare === null) return undefined;
  const word = words[Number(bare[2])] ?? "";
  return { value: bare[1] === "~" ? word.replace(/^"(.*)"$/, "$1") : word, end: at + bare[0].length };
}

// What cannot be read to its end is no variable: the percent sign alone is dealt with.
function variable(line: string, at: number, lookup: Lookup): Found | undefined {
  const named = /^%([^%:]*)(?::(?=%))?/.exec(line.slice(at));
  const name = named?.[1] ?? "";
  const behind = at + (named?.[0].length ?? 1);
  const value = lookup(name);
  if (name === "") return undefined;
  if (line[behind] === "%" || (line[behind] === ":" && value === undefined)) return { value, end: behind + 1 };
  const end = line.indexOf("%", behind);
  if (line[behind] !== ":" || end < 0 || value === undefined) return undefined;
  const changed = change(value, line.slice(behind + 1, end));
  return changed === undefined ? undefined : { value: changed, end: end + 1 };
}

function change(value: string, how: string): string | undefined {
  if (how.startsWith("~")) {
    const [from = "", length] = how.slice(1).split(",");
    const start = Math.max(0, number(from) < 0 ? value.length + number(from) : number(from));
    if (length === undefined) return value.slice(start);
    return number(length) < 0 ? value.slice(start, number(length)) : value.slice(start, start + number(length));
  }
  const equals = how.indexOf("=", 1);
  if (equals < 0) return undefined;
  const [search, replacement] = [how.slice(0, equals), how.slice(equals + 1)];
  if (search.startsWith("*")) {
    const found = value.toLowerCase().indexOf(search.slice(1).toLowerCase());
    return found < 0 ? value : replacement + value.slice(found + search.length - 1);
  }
  return replaceAll(value, search, replacement);
}

// Capital and small letters are one, as long as they are of one length.
function replaceAll(value: string, search: string, replacement: string): string {
  const folded = value.toLowerCase().length === value.length ? value.toLowerCase() : value;
  const sought = folded === value ? search : search.toLowerCase();
  const pieces: string[] = [];
  let from = 0;
  for (let at = folded.indexOf(sought); at >= 0; at = folded.indexOf(sought, from)) {
    pieces.push(value.slice(from, at), replacement);
    from = at + sought.length;
  }
  return [...pieces, value.slice(from)].join("");
}

function number(text: string): number {
  const read = Number.parseInt(text, 10);
  return Number.isNaN(read) ? 0 : read;
}
