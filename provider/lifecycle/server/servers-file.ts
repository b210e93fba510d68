import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { localFileBytes } from "../../host/limits";

/** The text of the file that `tableau:serversPath` names. `~/` is the user's home. */
export type FileOfServers = { readonly text: string } | { readonly reason: string };

/** Reads it here and now: Pulumi's engine, which prints what it hands over where it is asked for its log, has only the path. */
export function readServersFile(path: string): FileOfServers {
  const file = resolve(path.startsWith("~/") ? join(homedir(), path.slice(2)) : path);
  try {
    // A pipe would have the reader wait for ever.
    const seen = statSync(file);
    if (!seen.isFile()) return { reason: `${file} is no regular file` };
    if (seen.size > localFileBytes) return { reason: `${file} is larger than ${String(localFileBytes)} bytes` };
    return { text: readFileSync(file, "utf8") };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { reason: `${file} cannot be read (${code ?? message})` };
  }
}
