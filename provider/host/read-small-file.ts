import { constants, type Stats } from "node:fs";
import { open } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { localFileBytes, waits } from "./limits";

/** How such a file is opened: a pipe would have the reader wait for ever. */
export const withoutWaiting = constants.O_RDONLY | constants.O_NONBLOCK;

/** The path with the user's home in place of `~/`. */
export function inHome(path: string): string {
  return path.startsWith("~/") ? join(homedir(), path.slice(2)) : path;
}

/** Why a file that is open is not read, as the rest of a sentence; undefined: it may be read. */
export function whyNotRead(seen: Pick<Stats, "isFile" | "size">): string | undefined {
  if (!seen.isFile()) return "is no regular file";
  return seen.size > localFileBytes ? `is larger than ${String(localFileBytes)} bytes` : undefined;
}

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
    return await Promise.race([textOf(inHome(path)), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function textOf(path: string): Promise<string> {
  const file = await open(path, withoutWaiting);
  try {
    const problem = whyNotRead(await file.stat());
    if (problem !== undefined) throw new Error(`it ${problem}`);
    return await file.readFile("latin1");
  } finally {
    await file.close();
  }
}
