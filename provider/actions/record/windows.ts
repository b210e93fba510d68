import { createHash, randomBytes } from "node:crypto";
import { writeClosedFile } from "../../host/windows/close-file";
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
  if (note === "due") await write(task, due, Buffer.from(`${reason}\n`), "words");
  await write(task, record, text, secretParts.test(text.toString("utf8")) ? "secrets" : "words");
  if (note === "clear") await attempt(task, "clear the note", () => machine.files.remove(due));
  emit("recorded");
}

// Who may read the state directory could read the whole record, where values of keys stand in these.
const secretParts = /"(?:otherKeys|fingerprint)"/;

async function write(task: WindowsTask, path: string, bytes: Buffer, holds: "secrets" | "words"): Promise<void> {
  const { files } = task.machine;
  const part = `${path}.part.${randomBytes(4).toString("hex")}`;
  try {
    await attempt(task, `write ${path}`, async () => {
      await (holds === "secrets" ? writeClosedFile(task.machine, part, bytes) : files.write(part, bytes));
      await files.replace(part, path);
    });
  } catch (error) {
    await files.remove(part).catch(() => undefined);
    throw error;
  }
}
