import { randomBytes } from "node:crypto";
import type { WindowsTask } from "../../../host/windows/task";
import { attempt, fail } from "./attempt";
import { copyFiles } from "./copy-files";
import { copyTree } from "./copy-tree";
import { removeTree } from "./remove-tree";
import { stateOf } from "./state-of";

export interface BackupCopy {
  readonly live: string;
  readonly name: string;
  readonly sha256: string;
}

/**
 * Sees to it that the store holds a live file or folder of this digest. The live one goes only if the store's copy is sound: a disk may
 * have damaged what was stored long ago.
 */
export async function keep(task: WindowsTask, store: string, { live, name, sha256 }: BackupCopy): Promise<void> {
  const { machine } = task;
  const what = `keep ${name} in the store`;
  if (!/^[0-9a-f]{64}$/.test(sha256)) fail(task, what, "Permission denied");
  const kept = `${store}/${sha256}`;
  if ((await stateOf(machine, kept)) === sha256) return;
  const incoming = `${store}/.incoming.${randomBytes(4).toString("hex")}.${sha256}`;
  await attempt(task, what, () => machine.files.makeFolder(store));
  await copy(task, what, live, incoming);
  if ((await stateOf(machine, incoming)) !== sha256) {
    await removeTree(machine, incoming);
    await machine.files.remove(incoming).catch(() => undefined);
    fail(task, what, "the copy is not sound");
  }
  // The description first: a package without one would be in no list.
  const info = `${kept}.info`;
  if ((await machine.files.stat(info)) === null) await attempt(task, what, () => machine.files.write(info, Buffer.from(`\n\n${name}\n`)));
  // No folder takes the place of another.
  await removeTree(machine, kept);
  await attempt(task, what, () => machine.files.replace(incoming, kept));
}

async function copy(task: WindowsTask, what: string, from: string, to: string): Promise<void> {
  const { machine } = task;
  if ((await machine.files.stat(from))?.kind === "folder") await attempt(task, what, () => copyTree(machine, from, to));
  else await copyFiles(machine, [{ from, to }]);
}
