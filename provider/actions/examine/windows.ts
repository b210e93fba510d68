import { randomBytes } from "node:crypto";
import { FileFailure } from "../../host/windows/file-failure";
import type { WindowsFiles } from "../../host/windows/files";
import type { WindowsTask } from "../../host/windows/task";
import { withoutLastPart } from "../../vocabulary/node-path";

/**
 * Says whether folders could be written: by an empty file that is removed at once, in the nearest folder that exists, as
 * only the machine itself can judge its access lists.
 */
export async function onWindows(
  { directories }: { readonly directories: readonly string[] },
  { machine, emit }: WindowsTask,
): Promise<void> {
  for (const path of directories) {
    const folder = await nearest(machine.files, path);
    if (await canWrite(machine.files, folder)) {
      const free = await machine.files.freeBytes(folder).catch(() => null);
      emit("writable", path, ...(free === null ? [] : [String(Math.floor(free / 1024))]));
    } else emit("refused", path);
  }
}

async function nearest(files: WindowsFiles, path: string): Promise<string> {
  const above = withoutLastPart(path);
  if (above === path || /^[A-Za-z]:$/.test(path) || (await files.stat(path))?.kind === "folder") return path;
  return await nearest(files, /^[A-Za-z]:$/.test(above) ? `${above}/` : above);
}

async function canWrite(files: WindowsFiles, folder: string): Promise<boolean> {
  const probe = `${folder.replace(/[\\/]$/, "")}/.pulumi-tableau.${randomBytes(4).toString("hex")}.part`;
  try {
    await files.write(probe, Buffer.alloc(0));
    await files.remove(probe);
    return true;
  } catch (error) {
    if (error instanceof FileFailure) return false;
    throw error;
  }
}
