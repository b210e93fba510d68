import type { FolderEntry, WindowsFiles } from "../../host/windows/files";

export interface TreeFile {
  /** Below the folder, with slashes. */
  readonly path: string;
  readonly size: number;
}

// Ten times what a source may have. A link that leads back up would else be followed for ever.
const mostEntries = 10_000;

/** The files of a folder and of those in it; null: there is no such folder, or it holds more than any connector does. */
export async function listTree(files: WindowsFiles, folder: string): Promise<readonly TreeFile[] | null> {
  const top = await files.list(folder);
  if (top === null) return null;
  const found: TreeFile[] = [];
  const waiting = inFolder("", top);
  let count = 0;
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    count += 1;
    if (count > mostEntries) return null;
    if (next.kind === "file") found.push({ path: next.path, size: next.size });
    else waiting.push(...inFolder(`${next.path}/`, (await files.list(`${folder}/${next.path}`)) ?? []));
  }
  return found;
}

function inFolder(above: string, entries: readonly FolderEntry[]): { kind: FolderEntry["kind"]; path: string; size: number }[] {
  const own = entries.filter(({ name }) => name !== "." && name !== "..");
  return own.map(({ name, kind, size }) => ({ kind, path: `${above}${name}`, size }));
}
