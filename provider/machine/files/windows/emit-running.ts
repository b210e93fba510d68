import type { WindowsTask } from "../../../host/windows/task";
import type { ProductOnWindows } from "./products-on-windows";

/** Tells it where a program of the product runs. */
export async function emitRunning({ machine, emit }: WindowsTask, { programs }: ProductOnWindows): Promise<void> {
  const running = await machine.processes(programs);
  if ((running?.processes.length ?? 0) > 0) emit("running");
}
