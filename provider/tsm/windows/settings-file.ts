import { randomBytes } from "node:crypto";
import { cmdPath } from "../../host/windows/cmd-line";
import { writeClosedFile } from "../../host/windows/close-file";
import { FileFailure } from "../../host/windows/file-failure";
import type { WindowsMachine } from "../../host/windows/machine";
import type { Secret } from "../../vocabulary/secret";

const leftBehind = /^keys\.[0-9a-f]{16}\.json$/;

/**
 * The file from which tsm reads the values of keys, below the profile of the user who runs it. What a run left behind that was cut off
 * goes first: only the holder of the lock comes here.
 *
 * @returns its path with backslashes, or why it could not be written.
 */
export async function writeSettings(machine: WindowsMachine, text: Secret): Promise<{ readonly path: string } | { readonly why: string }> {
  const profile = machine.environment("USERPROFILE");
  if (profile === undefined) return { why: "USERPROFILE is not set" };
  const folder = `${profile.replaceAll("\\", "/").replace(/\/$/, "")}/.pulumi-tableau`;
  const path = `${folder}/keys.${randomBytes(8).toString("hex")}.json`;
  try {
    await machine.files.makeFolder(folder);
    for (const { name } of (await machine.files.list(folder)) ?? []) {
      if (leftBehind.test(name)) await machine.files.remove(`${folder}/${name}`);
    }
    await writeClosedFile(machine, path, Buffer.from(text.reveal()));
    return { path: path.replaceAll("/", "\\") };
  } catch (error) {
    await machine.files.remove(path).catch(() => undefined);
    if (!(error instanceof FileFailure)) throw error;
    return { why: error.message };
  }
}

/** A line that removes the file when it has run, also where nobody hears of its end any more. */
export function removing(line: string, path: string): string {
  const remove = `del /q ${cmdPath(path)}`;
  return `${line}&&${remove}||(${remove}&exit 1)`;
}
