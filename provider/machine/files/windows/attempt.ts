import { FileFailure } from "../../../host/windows/file-failure";
import { ScriptEnd, type WindowsTask } from "../../../host/windows/task";

/** Does a step of a form; where the machine refuses it, the answer tells what was tried and why, as `try` does in the scripts. */
export async function attempt<T>({ emit }: WindowsTask, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FileFailure)) throw error;
    emit("failed", what, error.message);
    throw new ScriptEnd(1);
  }
}
