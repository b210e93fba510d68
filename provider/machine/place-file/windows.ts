import { ScriptEnd, type WindowsScript, type WindowsTask } from "../../host/windows/task";
import { attempt } from "../files/windows/attempt";
import { currentDigest } from "../files/windows/current-digest";

/** The same as placeFileScript; a mode means nothing here. */
export const placeFileForm: WindowsScript = async (task) => {
  const { machine, args, emit } = task;
  const [folder = "", name = "", sha256 = "", was = "-", , note = ""] = args;
  const { files } = machine;
  const now = await currentDigest(machine, `${folder}/${name}`);
  if (now !== was && now !== sha256) {
    emit("changed", folder, name, now);
    throw new ScriptEnd(1);
  }
  await attempt(task, `make ${folder}`, () => files.makeFolder(folder));
  if (now !== sha256) await bringIn(task, { folder, name, sha256 });
  if (note !== "") {
    await attempt(task, `note who placed ${name}`, () => files.write(`${folder}/.pulumi-tableau.${name}.owner`, Buffer.from(`${note}\n`)));
  }
  emit("placed", folder, name);
};

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
