import { cmdLine } from "./cmd-line";
import { FileFailure } from "./file-failure";
import type { WindowsMachine } from "./machine";

/** The system, the local administrators, and the owner, whatever they are called there: https://learn.microsoft.com/en-us/windows-server/identity/ad-ds/manage/understand-security-identifiers */
const allowed = ["*S-1-5-18:F", "*S-1-5-32-544:F", "*S-1-3-4:F"];

/**
 * Writes a file that nobody but its owner, administrators and the system can read, whatever its folder lets others do: it is closed to them
 * while it is empty.
 *
 * @throws FileFailure
 */
export async function writeClosedFile(machine: WindowsMachine, path: string, bytes: Buffer): Promise<void> {
  await machine.files.write(path, Buffer.alloc(0));
  const { status } = await machine.run(cmdLine("icacls", [path.replaceAll("/", "\\"), "/inheritance:r", "/grant:r", ...allowed]));
  if (status !== 0) throw new FileFailure(path, "Permission denied");
  await machine.files.write(path, bytes);
}
