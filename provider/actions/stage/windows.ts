import { ScriptEnd, type WindowsTask } from "../../host/windows/task";
import { attempt } from "../files/windows/attempt";
import { copyFiles } from "../files/windows/copy-files";
import { stageTree } from "../files/windows/stage-tree";
import { whyNotCopied } from "../files/windows/why-not-copied";

interface StageArguments {
  readonly stateDirectory: string;
  readonly directory: string;
  readonly digests: readonly string[];
}

/** Puts verified copies of stored packages beside the live files. */
export async function onWindows({ stateDirectory, directory, digests }: StageArguments, task: WindowsTask): Promise<void> {
  const { machine, emit } = task;
  await attempt(task, `make ${directory}`, () => machine.files.makeFolder(directory));
  const all = digests.map((sha256) => ({
    sha256,
    from: `${stateDirectory}/store/${sha256}`,
    to: `${directory}/.pulumi-tableau.${sha256}.part`,
  }));
  const copies: typeof all = [];
  for (const copy of all) {
    if ((await machine.files.stat(copy.from))?.kind === "folder") await stageTree(task, copy.sha256, copy.from, copy.to);
    else copies.push(copy);
  }
  await copyFiles(machine, copies);
  const got = await machine.digests(copies.map(({ to }) => to));
  for (const [i, { sha256, from, to }] of copies.entries()) {
    if (got[i] === sha256) continue;
    const size = (await machine.files.stat(to))?.size;
    for (const copy of copies) await machine.files.remove(copy.to).catch(() => undefined);
    // Nothing of it is there, or less than was to be copied: the folder could not take it.
    if (size !== (await machine.files.stat(from))?.size) {
      await attempt(task, "copy the packages beside the live files", () => whyNotCopied(machine, to));
    }
    emit("mismatch", sha256, String(size ?? ""), got[i] ?? "");
    throw new ScriptEnd(1);
  }
  for (const { sha256 } of copies) emit("staged", sha256);
}
