import { closeSync, fstatSync, openSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { inHome, whyNotRead, withoutWaiting } from "../../host/read-small-file";
import { reasonOf } from "../../vocabulary/file-reason";

/** The text of the file that `tableau:serversPath` names. `~/` is the user's home. */
export type FileOfServers = { readonly text: string } | { readonly reason: string };

/** Reads the file here, since Pulumi's engine would print its text in its log: it gets the path alone. */
export function readServersFile(path: string): FileOfServers {
  const file = resolve(inHome(path));
  try {
    const opened = openSync(file, withoutWaiting);
    try {
      const problem = whyNotRead(fstatSync(opened));
      return problem === undefined ? { text: readFileSync(opened, "utf8") } : { reason: `${file} ${problem}` };
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    return { reason: `${file} cannot be read (${reasonOf(error)})` };
  }
}
