import type { WindowsTask } from "../../host/windows/task";
import { attempt } from "../files/windows/attempt";

/** Removes the record of a server. */
export async function onWindows({ stateDirectory }: { readonly stateDirectory: string }, task: WindowsTask): Promise<void> {
  const { files } = task.machine;
  await attempt(task, "remove the record", async () => {
    await files.remove(`${stateDirectory}/record.json`);
    await files.remove(`${stateDirectory}/restart-required`);
  });
  task.emit("end");
}
