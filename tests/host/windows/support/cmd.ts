/**
 * What cmd.exe makes of a line in command-line mode: variables expanded, then the first command up to an operator outside of
 * double quotes. An independent reading of https://stackoverflow.com/a/4095133, for tests.
 */
export function ofCommandLine(line: string, environment: Readonly<Record<string, string>>): { command: string; rest: string } {
  const expanded = expand(line, environment);
  let command = "";
  let quoted = false;
  for (let at = 0; at < expanded.length; at += 1) {
    const letter = expanded[at] ?? "";
    if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === "^") {
      at += 1;
      command += expanded[at] ?? "";
      continue;
    } else if (!quoted && "&|<>()".includes(letter)) return { command, rest: expanded.slice(at) };
    command += letter;
  }
  return { command, rest: "" };
}

// `%NAME%`, `%NAME:~from,length%`; a name that is not set stays as it is, its first percent sign passed over.
function expand(line: string, environment: Readonly<Record<string, string>>): string {
  let text = "";
  for (let at = 0; at < line.length; at += 1) {
    const end = line[at] === "%" ? line.indexOf("%", at + 1) : -1;
    const inner = end < 0 ? "" : line.slice(at + 1, end);
    const [name = "", cut] = inner.split(":~");
    const value = name.toLowerCase() === "cd" ? "C:\\here" : environment[name];
    if (end < 0 || inner === "" || value === undefined) {
      text += line.charAt(at);
      continue;
    }
    text += cut === undefined ? value : cut === "," ? "" : `(${cut})`;
    at = end;
  }
  return text;
}
