/**
 * The arguments that a program of Microsoft's C runtime finds in its command line, for tests.
 *
 * @see https://learn.microsoft.com/en-us/cpp/c-language/parsing-c-command-line-arguments
 */
export function argumentsOf(line: string): string[] {
  const args: string[] = [];
  let at = 0;
  while (at < line.length) {
    while (line[at] === " " || line[at] === "\t") at += 1;
    if (at >= line.length) break;
    const [arg, next] = argumentAt(line, at);
    args.push(arg);
    at = next;
  }
  return args;
}

function argumentAt(line: string, from: number): [arg: string, next: number] {
  let arg = "";
  let quoted = false;
  let at = from;
  while (at < line.length && (quoted || (line[at] !== " " && line[at] !== "\t"))) {
    const backslashes = /^\\*/.exec(line.slice(at))?.[0].length ?? 0;
    at += backslashes;
    if (line[at] !== '"') {
      arg += "\\".repeat(backslashes);
      if (backslashes === 0) arg += line.charAt(at++);
      continue;
    }
    arg += "\\".repeat(Math.floor(backslashes / 2));
    if (backslashes % 2 === 1) arg += '"';
    else if (quoted && line[at + 1] === '"') {
      arg += '"';
      at += 1;
    } else quoted = !quoted;
    at += 1;
  }
  return [arg, at];
}
