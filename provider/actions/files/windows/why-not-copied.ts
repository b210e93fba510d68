import type { WindowsMachine } from "../../../host/windows/machine";

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
