import { ScriptEnd, type WindowsTask } from "../../../host/windows/task";
import { attempt } from "./attempt";
import { copyTree } from "./copy-tree";
import { removeTree } from "./remove-tree";
import { treeDigests } from "./tree-digests";
import { whyNotCopied } from "./why-not-copied";

/**
 * Puts a verified copy of a stored folder beside the live ones, one level deeper than these: a folder with a manifest at its
 * top could be read as a connector.
 */
export async function stageTree(task: WindowsTask, sha256: string, from: string, part: string): Promise<void> {
  const { machine, emit } = task;
  const what = "copy the folders beside the live ones";
  await removeTree(machine, part);
  try {
    await attempt(task, what, () => copyTree(machine, from, `${part}/tree`));
    const [got] = await treeDigests(machine, [`${part}/tree`]);
    if (got === sha256) return emit("staged", sha256);
    await attempt(task, what, () => whyNotCopied(machine, `${part}/probe`));
    emit("mismatch", sha256, "", got ?? "");
    throw new ScriptEnd(1);
  } catch (error) {
    await removeTree(machine, part).catch(() => undefined);
    throw error;
  }
}
