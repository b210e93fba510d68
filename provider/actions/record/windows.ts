import { createHash, randomBytes } from "node:crypto";
import type { WindowsTask } from "../../host/windows/task";
import { attempt, fail } from "../files/windows/attempt";
import { ByteSource } from "../files/windows/byte-source";

interface RecordArguments {
  readonly stateDirectory: string;
  readonly note: "due" | "clear" | "leave";
  readonly reason: string;
  readonly sha256: string;
}

/** Writes the record and the note that a restart is due. */
export async function onWindows({ stateDirectory, note, reason, sha256 }: RecordArguments, task: WindowsTask): Promise<void> {
  const { machine, emit } = task;
  const due = `${stateDirectory}/restart-required`;
  const record = `${stateDirectory}/record.json`;
  const text = await new ByteSource(task.input).all();
  if (createHash("sha256").update(text).digest("hex") !== sha256) fail(task, `write ${record}`, "it arrived cut");
  await attempt(task, "make the state directory", () => machine.files.makeFolder(stateDirectory));
  if (note === "due") await write(task, due, Buffer.from(`${reason}\n`));
  await write(task, record, text);
  if (note === "clear") await attempt(task, "clear the note", () => machine.files.remove(due));
  emit("recorded");
}

async function write(task: WindowsTask, path: string, bytes: Buffer): Promise<void> {
  const { files } = task.machine;
  const part = `${path}.part.${randomBytes(4).toString("hex")}`;
  try {
    await attempt(task, `write ${path}`, async () => {
      await files.write(part, bytes);
      await files.replace(part, path);
    });
  } catch (error) {
    await files.remove(part).catch(() => undefined);
    throw error;
  }
}
