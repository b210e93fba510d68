import { FileFailure } from "../../host/windows/file-failure";
import type { WindowsTask } from "../../host/windows/task";

/** Sends the bytes of files, as fetchScript does. */
export async function fetchForm({ machine, args, emit }: WindowsTask): Promise<void> {
  const [limit = "0", total = "0", ...paths] = args;
  let left = Number(total);
  for (const path of paths) {
    const stat = await machine.files.lstat(path);
    if (stat?.kind !== "file") emit("missing", path);
    else if (stat.size > Number(limit)) emit("large", path, String(stat.size));
    else if (stat.size > left) emit("later", path);
    else {
      left -= stat.size;
      emit("bytes", path, (await readable(() => machine.files.read(path, Number(limit))))?.toString("base64") ?? "");
    }
  }
  emit("end");
}

async function readable(read: () => Promise<Buffer | null>): Promise<Buffer | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof FileFailure) return null;
    throw error;
  }
}
