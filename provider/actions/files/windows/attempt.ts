import { FileFailure } from "../../../host/windows/file-failure";
import { ScriptEnd, type WindowsTask } from "../../../host/windows/task";

/** Does something with files; where the machine refuses, answers with what was tried and why, and ends the script. */
export async function attempt<T>(task: WindowsTask, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FileFailure)) throw error;
    return fail(task, what, error.message);
  }
}

/** Answers that something could not be done, and ends the script. */
export function fail({ emit }: WindowsTask, what: string, words: string): never {
  emit("failed", what, words);
  throw new ScriptEnd(1);
}
