import { ScriptEnd, type WindowsTask } from "../../host/windows/task";
import { attempt } from "../../actions/files/windows/attempt";
import { currentDigest } from "../files/windows/current-digest";

interface PlaceFileArguments {
  readonly folder: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly was: string | null;
  readonly note: string | null;
}

/** Puts one file in its place; a mode means nothing here. */
export async function onWindows({ folder, fileName: name, sha256, was, note }: PlaceFileArguments, task: WindowsTask): Promise<void> {
  const { machine, emit } = task;
  const { files } = machine;
  const found = await currentDigest(machine, `${folder}/${name}`);
  if (found !== (was ?? "-") && found !== sha256) {
    emit("changed", folder, name, found);
    throw new ScriptEnd(1);
  }
  await attempt(task, `make ${folder}`, () => files.makeFolder(folder));
  if (found !== sha256) await bringIn(task, { folder, name, sha256 });
  if (note !== null) {
    await attempt(task, `note who placed ${name}`, () => files.write(`${folder}/.pulumi-tableau.${name}.owner`, Buffer.from(`${note}\n`)));
  }
  emit("placed", folder, name);
}

async function bringIn(task: WindowsTask, { folder, name, sha256 }: { folder: string; name: string; sha256: string }): Promise<void> {
  const { machine, emit, input } = task;
  const part = `${folder}/.pulumi-tableau.${sha256}.part`;
  try {
    await attempt(task, `write into ${folder}`, () => machine.files.write(part, input));
    const got = await currentDigest(machine, part);
    if (got !== sha256) {
      emit("mismatch", sha256, String((await machine.files.stat(part))?.size ?? 0), got);
      throw new ScriptEnd(1);
    }
    await attempt(task, `place ${name}`, () => machine.files.replace(part, `${folder}/${name}`));
  } catch (error) {
    await machine.files.remove(part).catch(() => undefined);
    throw error;
  }
}
