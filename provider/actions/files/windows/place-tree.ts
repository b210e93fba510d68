import type { WindowsTask } from "../../../host/windows/task";
import { attempt } from "./attempt";
import { removeTree } from "./remove-tree";

/**
 * Gives a staged folder its live name by one rename. One that is replaced goes out of sight by another just before, and comes
 * back if the new one cannot follow.
 */
export async function placeTree(task: WindowsTask, part: string, live: string, name: string): Promise<void> {
  const { machine } = task;
  const before = `${part}/before`;
  const isReplaced = (await machine.files.stat(live)) !== null;
  if (isReplaced) {
    await removeTree(machine, before);
    await attempt(task, `place ${name}`, () => machine.files.replace(live, before));
  }
  await attempt(task, `place ${name}`, async () => {
    try {
      await machine.files.replace(`${part}/tree`, live);
    } catch (error) {
      if (isReplaced) await machine.files.replace(before, live).catch(() => undefined);
      throw error;
    }
  });
  await removeTree(machine, part);
}
