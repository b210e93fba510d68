import type { WindowsTask } from "../../host/windows/task";
import { attempt } from "../../actions/files/windows/attempt";
import { currentDigest } from "../files/windows/current-digest";

interface RemoveFileArguments {
  readonly folder: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly token: string | null;
}

/** Removes one file, if it is still ours. */
export async function onWindows({ folder, fileName: name, sha256, token }: RemoveFileArguments, task: WindowsTask): Promise<void> {
  const { machine, emit } = task;
  const note = `${folder}/.pulumi-tableau.${name}.owner`;
  if (token !== null) {
    const owner = (await machine.files.read(note, 4096))?.toString("utf8").split(/\r?\n/)[0];
    if (owner !== token) return emit("kept", "owner");
  }
  const found = await currentDigest(machine, `${folder}/${name}`);
  if (found === sha256) await attempt(task, `remove ${name}`, () => machine.files.remove(`${folder}/${name}`));
  if (found === sha256 || found === "-") emit("removed");
  else emit("kept", "changed", found);
  if (token !== null) await attempt(task, `remove the note beside ${name}`, () => machine.files.remove(note));
}
