import type { WindowsTask } from "../../../host/windows/task";
import { attempt } from "./attempt";
import { removeTree } from "./remove-tree";

/** Takes a live folder out of Tableau's sight by one rename, into the folder `aside`, and then away: half a folder must never be read. */
export async function retireTree(task: WindowsTask, live: string, aside: string, name: string): Promise<void> {
  const { machine } = task;
  await attempt(task, `retire ${name}`, async () => {
    await machine.files.makeFolder(aside);
    try {
      await machine.files.replace(live, `${aside}/tree`);
    } catch (error) {
      await machine.files.removeFolder(aside).catch(() => undefined);
      throw error;
    }
  });
  await removeTree(machine, aside);
}
