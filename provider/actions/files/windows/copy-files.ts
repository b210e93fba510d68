import { cmdPath } from "../../../host/windows/cmd-line";
import type { WindowsMachine } from "../../../host/windows/machine";

export interface Copy {
  readonly from: string;
  readonly to: string;
}

const longest = 7500;

/**
 * Copies files on the machine itself, so that their bytes need not travel. Whether it went well is for the caller to see by
 * their digests.
 *
 * @see https://learn.microsoft.com/en-us/windows-server/administration/windows-commands/copy
 */
export async function copyFiles(machine: WindowsMachine, copies: readonly Copy[]): Promise<void> {
  let line = "";
  for (const { from, to } of copies) {
    const command = `copy /b /y ${cmdPath(from)} ${cmdPath(to)}`;
    if (line !== "" && line.length + command.length > longest) {
      await machine.run(line);
      line = "";
    }
    line += line === "" ? command : `&${command}`;
  }
  if (line !== "") await machine.run(line);
}

/**
 * Fails for the reason for which something could not be copied: cmd.exe gives its reasons in the machine's language; a small
 * file of ours is refused for the same one.
 *
 * @throws FileFailure
 */
export async function whyNotCopied({ files }: WindowsMachine, to: string): Promise<void> {
  await files.write(to, Buffer.alloc(64 * 1024));
  await files.remove(to);
}
