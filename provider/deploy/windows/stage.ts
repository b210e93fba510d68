import { ScriptEnd, type WindowsTask } from "../../host/windows/task";
import { attempt } from "./attempt";
import { copyFiles } from "./copy-files";

/** Puts verified copies of stored packages beside the live files, as stageScript does. */
export async function stageForm(task: WindowsTask): Promise<void> {
  const { machine, emit } = task;
  const [state = "", folder = "", ...digests] = task.args;
  await attempt(task, `make ${folder}`, () => machine.files.makeFolder(folder));
  const copies = digests.map((sha256) => ({ sha256, from: `${state}/store/${sha256}`, to: `${folder}/.pulumi-tableau.${sha256}.part` }));
  await copyFiles(machine, copies);
  const got = await machine.digests(copies.map(({ to }) => to));
  for (const [i, { sha256, from, to }] of copies.entries()) {
    if (got[i] === sha256) continue;
    const size = (await machine.files.stat(to))?.size;
    for (const copy of copies) await machine.files.remove(copy.to).catch(() => undefined);
    // Nothing of it is there, or less than was to be copied: the folder could not take it.
    if (size !== (await machine.files.stat(from))?.size)
      await attempt(task, "copy the packages beside the live files", () => whyNot(task, to));
    emit("mismatch", sha256, String(size ?? ""), got[i] ?? "");
    throw new ScriptEnd(1);
  }
  for (const { sha256 } of copies) emit("staged", sha256);
}

// cmd.exe gives its reasons in the machine's language; a small file of ours is refused for the same one.
async function whyNot({ machine }: WindowsTask, to: string): Promise<void> {
  await machine.files.write(to, Buffer.alloc(64 * 1024));
  await machine.files.remove(to);
}
