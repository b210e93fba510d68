import { randomBytes } from "node:crypto";
import { FileFailure } from "../../host/windows/file-failure";
import type { WindowsFiles } from "../../host/windows/files";
import { ScriptEnd, type WindowsTask } from "../../host/windows/task";
import { attempt, fail } from "../files/windows/attempt";
import { keep } from "../files/windows/keep";
import { placeTree } from "../files/windows/place-tree";
import { removeTree } from "../files/windows/remove-tree";
import { retireTree } from "../files/windows/retire-tree";
import { stateOf } from "../files/windows/state-of";
import type { LiveChange } from ".";

/** A live file that is to change. */
interface LiveFile {
  readonly folder: string;
  readonly name: string;
  readonly sha256: string;
  readonly was: string;
  readonly live: string;
}

interface PlaceArguments {
  readonly stateDirectory: string;
  readonly changes: readonly LiveChange[];
}

/**
 * Changes live files. Modes and owners are left to the folder's access lists. A live file that is missing counts as ours: an old SSH
 * server, cut while it renames, leaves that behind.
 */
export async function onWindows({ stateDirectory, changes }: PlaceArguments, task: WindowsTask): Promise<void> {
  for (const { kind, directory: folder, fileName, sha256, was } of changes) {
    const name = fileName ?? "-";
    const file = { folder, name, sha256: sha256 ?? "-", was: was ?? "-", live: `${folder}/${name}` };
    if (kind === "place") await place(task, `${stateDirectory}/store`, file);
    else if (kind === "retire") await retire(task, `${stateDirectory}/store`, file);
    task.emit({ place: "placed", retire: "retired", open: "opened", mend: "mended" }[kind], folder, name);
  }
  task.emit("end");
}

async function place(task: WindowsTask, store: string, { folder, name, sha256, was, live }: LiveFile): Promise<void> {
  const { machine } = task;
  const { files } = machine;
  const part = `${folder}/.pulumi-tableau.${sha256}.part`;
  const found = await stateOf(machine, live);
  if (found !== was && found !== sha256 && found !== "-") changed(task, folder, name, found);
  if (found !== sha256 && found !== "-") await keep(task, store, { live, name, sha256: found });
  const atPart = await files.lstat(part);
  const staged = atPart?.kind === "other" ? null : atPart;
  if (staged?.kind === "folder" && found === sha256) await removeTree(machine, part);
  else if (staged?.kind === "folder") await placeTree(task, part, live, name);
  else if (staged !== null && found === sha256) await attempt(task, `place ${name}`, () => files.remove(part));
  else if (staged !== null) await attempt(task, `place ${name}`, () => replaceLive(files, part, live));
  else if (found !== sha256) fail(task, `place ${name}`, "its verified copy has vanished");
}

async function retire(task: WindowsTask, store: string, { folder, name, was, live }: LiveFile): Promise<void> {
  const { files } = task.machine;
  const found = await stateOf(task.machine, live);
  if (found === "-") return;
  if (found !== was) changed(task, folder, name, found);
  await keep(task, store, { live, name, sha256: found });
  const aside = asideOf(folder);
  if ((await files.stat(live))?.kind === "folder") return await retireTree(task, live, aside, name);
  await attempt(task, `retire ${name}`, () => files.replace(live, aside));
  await files.remove(aside).catch(() => undefined);
}

// A program that holds a file open may still allow it another name: then the next clean-up removes it.
async function replaceLive(files: WindowsFiles, part: string, live: string): Promise<void> {
  try {
    await files.replace(part, live);
  } catch (error) {
    if (!(error instanceof FileFailure) || error.reason !== "a program holds it open") throw error;
    const aside = asideOf(live.replace(/\/[^/]*$/, ""));
    await files.replace(live, aside).catch(() => {
      throw error;
    });
    await files.replace(part, live);
    await files.remove(aside).catch(() => undefined);
  }
}

// A name that Tableau does not read.
function asideOf(folder: string): string {
  return `${folder}/.pulumi-tableau.${randomBytes(4).toString("hex")}.part`;
}

function changed({ emit }: WindowsTask, folder: string, name: string, found: string): never {
  emit("changed", folder, name, found);
  throw new ScriptEnd(1);
}
