import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";

/** Reads the text of all known_hosts files; a pool takes another one for tests. */
export type ReadKnownHosts = () => Promise<string>;

/** The files that ssh reads by default. One that is not there or cannot be read holds no keys. */
export async function readDefaultKnownHosts(
  paths: readonly string[] = [join(homedir(), ".ssh", "known_hosts"), "/etc/ssh/ssh_known_hosts"],
): Promise<string> {
  const texts = await Promise.all(paths.map((path) => readFile(path, "utf8").catch(() => "")));
  return texts.join("\n");
}
