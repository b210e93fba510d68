import { cmdPath } from "../../../host/windows/cmd-line";
import type { WindowsMachine } from "../../../host/windows/machine";

/**
 * Removes a folder with all that is in it, as far as the machine lets; links are removed and not followed. What stays is
 * for the caller to see.
 *
 * @see https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/rmdir
 */
export async function removeTree(machine: WindowsMachine, folder: string): Promise<void> {
  if ((await machine.files.stat(folder).catch(() => null))?.kind === "folder") await machine.run(`rd /s /q ${cmdPath(folder)}`);
}
