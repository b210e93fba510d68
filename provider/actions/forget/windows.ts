import type { WindowsTask } from "../../host/windows/task";
import { attempt } from "../files/windows/attempt";

/** Removes the record of a server, as forgetScript does. */
export async function forgetForm(task: WindowsTask): Promise<void> {
  const [state = ""] = task.args;
  await attempt(task, "remove the record", async () => {
    await task.machine.files.remove(`${state}/record.json`);
    await task.machine.files.remove(`${state}/restart-required`);
  });
  task.emit("end");
}
