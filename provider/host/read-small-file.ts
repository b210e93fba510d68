import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { localFileBytes, waits } from "./limits";

/**
 * A file of this machine as text of one character a byte; `~/` is the user's home.
 *
 * @throws Error if it is no regular file (a pipe would have the reader wait for ever), too large, or does not come in time.
 */
export async function readSmallFile(path: string, seconds: number = waits.localFile): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing came within ${String(seconds)} seconds`)), seconds * 1000);
  });
  try {
    return await Promise.race([textOf(path.startsWith("~/") ? join(homedir(), path.slice(2)) : path), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function textOf(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const seen = await file.stat();
    if (!seen.isFile()) throw new Error("it is no regular file");
    if (seen.size > localFileBytes) throw new Error(`it is larger than ${String(localFileBytes)} bytes`);
    return await file.readFile("latin1");
  } finally {
    await file.close();
  }
}
