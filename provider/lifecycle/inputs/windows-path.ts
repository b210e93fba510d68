import { windowsNameProblem } from "../../vocabulary/windows-name";

/** Why a text is no path of a folder or file on a Windows node, as the beginning of a sentence; null: it is one. */
export function windowsPathProblem(path: string): string | null {
  const [, rest] = /^[A-Za-z]:[\\/](.*)$/s.exec(path) ?? [];
  const names = (rest ?? "").split(/[\\/]+/).filter((name) => name !== "");
  if (names.length === 0) {
    return 'expected an absolute path on the node, with its drive, such as "C:\\\\Program Files\\\\Tableau\\\\Connectors"';
  }
  if (names.includes("..") || names.includes(".")) return 'expected a path without "." and ".."';
  // tsm.cmd is a batch file, which may take it for a variable.
  if (path.includes("%")) return "expected a path without a percent sign, which tsm.cmd cannot take";
  const problem = names.map(windowsNameProblem).find((one) => one !== null);
  return problem === undefined ? null : `expected a path that Windows can have: ${problem}`;
}
