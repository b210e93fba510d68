import type { FolderEntry, WindowsFiles } from "../../../host/windows/files";

export interface TreeFile {
  /** Below the folder, with slashes. */
  readonly path: string;
  readonly size: number;
}

// Ten times what a source may have. A link that leads back up would else be followed for ever.
const mostEntries = 10_000;

/** The files of a folder and of those in it; null: there is no such folder, or it holds a link, or more than any connector does. */
export async function listTree(files: WindowsFiles, folder: string): Promise<readonly TreeFile[] | null> {
  const top = await files.list(folder);
  if (top === null) return null;
  const found: TreeFile[] = [];
  const seen = inFolder("", top);
  // It grows while it is gone through.
  for (const next of seen) {
    if (seen.length > mostEntries) return null;
    // Links are refused: they may lead anywhere.
    if (next.kind === "other") return null;
    if (next.kind === "file") found.push({ path: next.path, size: next.size });
    else for (const entry of inFolder(`${next.path}/`, (await files.list(`${folder}/${next.path}`)) ?? [])) seen.push(entry);
  }
  return found;
}

function inFolder(above: string, entries: readonly FolderEntry[]): { kind: FolderEntry["kind"]; path: string; size: number }[] {
  const own = entries.filter(({ name }) => name !== "." && name !== "..");
  return own.map(({ name, kind, size }) => ({ kind, path: `${above}${name}`, size }));
}
