import type { WindowsTask } from "../../../host/windows/task";

/** Tells the note beside a file, where there is one. */
export async function emitNote({ machine, emit }: WindowsTask, folder: string, fileName: string): Promise<void> {
  const note = await machine.files.read(`${folder}/.pulumi-tableau.${fileName}.owner`, 4096);
  if (note !== null) emit("note", note.toString("utf8").replace(/\r?\n$/, ""));
}
