import { windowsNameProblem } from "../../vocabulary/windows-name";
import type { SourceFolder } from "../package/folder-source";
import type { Failures } from "../../schema/failures";

// What is left of Windows' 260 characters where the server's folders are by default and the copies have our longest names:
// https://learn.microsoft.com/en-us/windows/win32/fileio/maximum-file-path-limitation
const longestPath = 120;

/** Refuses a folder that would not be the same on Windows nodes: some names cannot be there, and capitals do not tell names apart. */
export function checkWindowsNames({ files }: SourceFolder, failures: Failures): void {
  const spelled = new Map<string, string>();
  for (const { path } of files) {
    const problem = problemOf(path) ?? namesake(path, spelled);
    if (problem !== null) failures.add("source", `holds ${JSON.stringify(path)}, which the server's nodes cannot have: ${problem}`);
  }
}

function problemOf(path: string): string | null {
  if (path.length > longestPath) return `its path is longer than ${String(longestPath)} characters`;
  return (
    path
      .split("/")
      .map(windowsNameProblem)
      .find((problem) => problem !== null) ?? null
  );
}

function namesake(path: string, spelled: Map<string, string>): string | null {
  const names = path.split("/");
  for (let count = 1; count <= names.length; count += 1) {
    const above = names.slice(0, count).join("/");
    const known = spelled.get(above.toLowerCase());
    if (known !== undefined && known !== above) return `to Windows it is one name with ${JSON.stringify(known)}`;
    spelled.set(above.toLowerCase(), above);
  }
  return null;
}
