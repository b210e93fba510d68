import { FileFailure } from "../../host/windows/file-failure";
import type { FolderEntry } from "../../host/windows/files";
import type { WindowsTask } from "../../host/windows/task";
import { inBatches } from "../files/windows/in-batches";
import { treeDigests } from "../files/windows/trees";
import { foldPath, withoutLastPart } from "../../vocabulary/node-path";

const longestManifest = 262_144;

/** Tells what lies in one directory that Tableau reads. */
export async function observeFolder(task: WindowsTask, folder: string, user: string, stateDirectory: string): Promise<void> {
  const { machine, emit } = task;
  const entries = await machine.files.list(folder);
  if (entries === null) {
    const above = await machine.files.stat(folder.replace(/\/[^/]*$/, ""));
    emit("directory", folder, "absent", above === null ? "" : "in");
    return;
  }
  const wanted = entries.filter(({ name, kind }) => kind === "file" && (isPackage(name) || isLeftover(name)));
  const [digests] = await Promise.all([
    machine.digests(wanted.map(({ name }) => `${folder}/${name}`)),
    observeUnpacked(task, folder, entries, user),
  ]);
  emit("directory", folder, `755 ${user} ${user}`);
  for (const entry of entries) {
    if ((entry.kind === "folder" && isLeftover(entry.name)) || (entry.kind === "other" && isPackage(entry.name))) {
      emit("unreadable", folder, entry.name, statOf(entry, user));
    }
  }
  for (const [i, entry] of wanted.entries()) {
    const digest = digests[i] ?? null;
    if (digest === null) emit("unreadable", folder, entry.name, statOf(entry, user));
    else {
      emit("name", folder, entry.name);
      emit("stat", folder, statOf(entry, user));
      emit("digest", folder, digest);
    }
  }
  // Last, so that a file that comes meanwhile is not told with the time from before it came.
  const changedAt = await entriesChangedAt(task, folder, stateDirectory);
  if (changedAt !== null) emit("entries", folder, String(changedAt));
}

/**
 * NTFS changes a folder's time of writing when an entry is made, removed or renamed in it. That of the folder above tells whether this
 * one took the place of another; but not where this package makes its own folder below that. null: the node does not tell.
 */
async function entriesChangedAt({ machine }: WindowsTask, folder: string, stateDirectory: string): Promise<number | null> {
  const parent = withoutLastPart(folder);
  // "C:" alone is the working folder of that drive.
  const above = /^[A-Za-z]:$/.test(parent) ? `${parent}/` : parent;
  const isOurs = `${foldPath(stateDirectory)}/`.startsWith(`${foldPath(parent)}/`);
  try {
    const [own, other] = await Promise.all([machine.files.stat(folder), isOurs ? null : machine.files.stat(above)]);
    if (own === null) return null;
    return isOurs ? own.writtenAt : other && Math.max(own.writtenAt, other.writtenAt);
  } catch (error) {
    if (error instanceof FileFailure) return null;
    throw error;
  }
}

// The last word: the time is that of the last writing, which comes along when a file is copied.
function statOf({ kind, size, writtenAt }: FolderEntry, user: string): string {
  return `${kind === "folder" ? "755" : "644"} ${user} ${user} ${String(size)} ${String(writtenAt)} written`;
}

function isPackage(name: string): boolean {
  return /\.(?:taco|jar)$/i.test(name);
}

function isLeftover(name: string): boolean {
  return /^\.pulumi-tableau\..*\.part$/.test(name);
}

async function observeUnpacked(
  { machine, emit }: WindowsTask,
  folder: string,
  entries: readonly FolderEntry[],
  user: string,
): Promise<void> {
  const folders = entries.filter(({ name, kind }) => kind === "folder" && !name.startsWith("."));
  const manifests = await inBatches(folders, async ({ name }) =>
    (await machine.files.read(`${folder}/${name}/manifest.xml`, longestManifest))?.toString("utf8"),
  );
  const unpacked = folders.filter((_, i) => manifests[i] !== undefined);
  const digests = await treeDigests(
    machine,
    unpacked.map(({ name }) => `${folder}/${name}`),
  );
  for (const [i, entry] of folders.entries()) {
    const manifest = manifests[i];
    if (manifest !== undefined) emit("folder", folder, entry.name, statOf(entry, user), manifest, digests[unpacked.indexOf(entry)] ?? "");
    else if (/\.taco$/i.test(entry.name)) emit("unreadable", folder, entry.name, statOf(entry, user));
  }
}
