/**
 * What cmd.exe runs of what stands behind its `/c`: the first quote goes, and the last one of the line. A line of exactly
 * two quotes that names a program with blanks in its name, and nothing else, keeps them; `isProgram` tells that.
 *
 * sshd of Win32-OpenSSH puts every command line between quotes, whatever is in it, so that this undoes it.
 * https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/cmd
 */
export function withoutOuterQuotes(text: string, isProgram: (name: string) => boolean): string {
  const line = text.trimStart();
  if (!line.startsWith('"')) return line;
  const last = line.lastIndexOf('"');
  const inside = line.slice(1, last);
  const isName = last > 0 && !inside.includes('"') && last === line.length - 1 && /\s/.test(inside) && !/[&<>()@^|]/.test(inside);
  if (isName && isProgram(inside)) return line;
  return last === 0 ? line.slice(1) : line.slice(1, last) + line.slice(last + 1);
}
