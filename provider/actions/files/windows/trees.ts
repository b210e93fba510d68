import { createHash } from "node:crypto";
import { cmdPath } from "../../../host/windows/cmd-line";
import type { FolderEntry, WindowsFiles } from "../../../host/windows/files";
import type { WindowsMachine } from "../../../host/windows/machine";
import { ScriptEnd, type WindowsTask } from "../../../host/windows/task";
import { attempt } from "./attempt";
import type { ByteSource } from "./byte-source";
import { copyFiles, whyNotCopied } from "./copy-files";
import { inBatches } from "./in-batches";

export interface TreeFile {
  /** Below the folder, with slashes. */
  readonly path: string;
  readonly size: number;
}

// Ten times what a source may have. A link that leads back up would else be followed for ever.
const mostEntries = 10_000;

/** The files of a folder and of those in it; null: there is no such folder, or it holds a link, or more than any connector does. */
async function listTree(files: WindowsFiles, folder: string): Promise<readonly TreeFile[] | null> {
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

/**
 * The digest of each folder of an unpacked connector, as docs/placement.md has it; null: there is no such folder, or
 * something in it cannot be read.
 */
export async function treeDigests(machine: WindowsMachine, folders: readonly string[]): Promise<readonly (string | null)[]> {
  const trees = await inBatches(folders, (folder) => listTree(machine.files, folder));
  const paths = trees.map((tree) => tree?.map(({ path }) => path).sort((a, b) => Buffer.from(a).compare(Buffer.from(b))) ?? null);
  const digests = await machine.digests(paths.flatMap((inside, i) => inside?.map((path) => `${folders[i] ?? ""}/${path}`) ?? []));
  let at = 0;
  return paths.map((inside) => {
    if (inside === null) return null;
    const own = digests.slice(at, (at += inside.length));
    if (own.includes(null)) return null;
    const lines = inside.map((path, i) => `${own[i] ?? ""}  ./${path}\n`);
    return createHash("sha256").update(lines.join("")).digest("hex");
  });
}

/**
 * Writes the files of an unpacked connector as they come: a line with their count, and for each a line with size and path and
 * then its bytes.
 *
 * @returns whether they came whole and all belong below the folder.
 * @throws FileFailure
 */
export async function unpackTree(files: WindowsFiles, source: ByteSource, folder: string): Promise<"unpacked" | "unusable"> {
  const made = new Set<string>();
  for (let left = Number(await source.line()); left > 0; left -= 1) {
    const [, size, path = ""] = /^(\d+) (.+)$/.exec(await source.line()) ?? [];
    if (size === undefined || /[\\:]/.test(path) || path.split("/").some((name) => name === "" || /^\.+$/.test(name))) return "unusable";
    const file = `${folder}/${path}`;
    const above = file.replace(/\/[^/]*$/, "");
    if (!made.has(above)) await files.makeFolder(above);
    made.add(above);
    await files.write(file, source.take(Number(size)));
  }
  return made.size === 0 ? "unusable" : "unpacked";
}

/**
 * Copies a folder to where there is none, on the machine itself. Whether it went well is for the caller to see by its digest.
 *
 * @throws FileFailure where a folder cannot be made.
 */
export async function copyTree(machine: WindowsMachine, from: string, to: string): Promise<void> {
  const { files } = machine;
  const inside = (await listTree(files, from)) ?? [];
  const folders = new Set(inside.map(({ path }) => `${to}/${path}`.replace(/\/[^/]*$/, "")));
  for (const folder of [to, ...folders]) await files.makeFolder(folder);
  const place = ({ path }: { readonly path: string }): { from: string; to: string } => ({ from: `${from}/${path}`, to: `${to}/${path}` });
  await copyFiles(machine, inside.filter(({ size }) => size > 0).map(place));
  // `copy` is not said to take files without bytes.
  for (const { path } of inside.filter(({ size }) => size === 0)) await files.write(`${to}/${path}`, Buffer.alloc(0));
}

/**
 * Removes a folder with all that is in it, as far as the machine lets; links are removed and not followed. What stays is
 * for the caller to see.
 *
 * @see https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/rmdir
 */
export async function removeTree(machine: WindowsMachine, folder: string): Promise<void> {
  if ((await machine.files.stat(folder).catch(() => null))?.kind === "folder") await machine.run(`rd /s /q ${cmdPath(folder)}`);
}

/**
 * Puts a verified copy of a stored folder beside the live ones, one level deeper than these: a folder with a manifest at its
 * top could be read as a connector.
 */
export async function stageTree(task: WindowsTask, sha256: string, from: string, part: string): Promise<void> {
  const { machine, emit } = task;
  const what = "copy the folders beside the live ones";
  await removeTree(machine, part);
  try {
    await attempt(task, what, () => copyTree(machine, from, `${part}/tree`));
    const [got] = await treeDigests(machine, [`${part}/tree`]);
    if (got === sha256) return emit("staged", sha256);
    await attempt(task, what, () => whyNotCopied(machine, `${part}/probe`));
    emit("mismatch", sha256, "", got ?? "");
    throw new ScriptEnd(1);
  } catch (error) {
    await removeTree(machine, part).catch(() => undefined);
    throw error;
  }
}

/**
 * Gives a staged folder its live name by one rename. One that is replaced goes out of sight by another just before, and comes
 * back if the new one cannot follow.
 */
export async function placeTree(task: WindowsTask, part: string, live: string, name: string): Promise<void> {
  const { machine } = task;
  const before = `${part}/before`;
  const isReplaced = (await machine.files.stat(live)) !== null;
  if (isReplaced) {
    await removeTree(machine, before);
    await attempt(task, `place ${name}`, () => machine.files.replace(live, before));
  }
  await attempt(task, `place ${name}`, async () => {
    try {
      await machine.files.replace(`${part}/tree`, live);
    } catch (error) {
      if (isReplaced) await machine.files.replace(before, live).catch(() => undefined);
      throw error;
    }
  });
  await removeTree(machine, part);
}

/** Takes a live folder out of Tableau's sight by one rename, into the folder `aside`, and then away: half a folder must never be read. */
export async function retireTree(task: WindowsTask, live: string, aside: string, name: string): Promise<void> {
  const { machine } = task;
  await attempt(task, `retire ${name}`, async () => {
    await machine.files.makeFolder(aside);
    try {
      await machine.files.replace(live, `${aside}/tree`);
    } catch (error) {
      await machine.files.removeFolder(aside).catch(() => undefined);
      throw error;
    }
  });
  await removeTree(machine, aside);
}
