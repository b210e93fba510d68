import { FileFailure } from "../../host/windows/file-failure";
import type { WindowsTask } from "../../host/windows/task";

interface FetchArguments {
  readonly largest: number;
  readonly total: number;
  readonly paths: readonly string[];
}

/** Sends the bytes of files. */
export async function onWindows({ largest, total, paths }: FetchArguments, { machine, emit }: WindowsTask): Promise<void> {
  let left = total;
  for (const path of paths) {
    const stat = await machine.files.lstat(path);
    if (stat?.kind !== "file") emit("missing", path);
    else if (stat.size > largest) emit("large", path, String(stat.size));
    else if (stat.size > left) emit("later", path);
    else {
      left -= stat.size;
      emit("bytes", path, (await readable(() => machine.files.read(path, largest)))?.toString("base64") ?? "");
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
