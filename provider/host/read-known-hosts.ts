import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { KnownHostsFile } from "./known-hosts";

/** Reads all known_hosts files; a pool takes another one for tests. */
export type ReadKnownHosts = () => Promise<readonly KnownHostsFile[]>;

// UserKnownHostsFile and GlobalKnownHostsFile: https://man.openbsd.org/ssh_config
const defaultPaths = (): readonly string[] => [
  join(homedir(), ".ssh", "known_hosts"),
  join(homedir(), ".ssh", "known_hosts2"),
  "/etc/ssh/ssh_known_hosts",
  "/etc/ssh/ssh_known_hosts2",
];

/** The files that ssh reads by default. One that is not there or cannot be read holds no keys. */
export async function readDefaultKnownHosts(from: readonly string[] = defaultPaths()): Promise<readonly KnownHostsFile[]> {
  return await Promise.all(from.map(async (path) => ({ path, text: await textOf(path).catch(() => "") })));
}

// A pipe or a device in its place would have the reader wait for ever.
async function textOf(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return (await file.stat()).isFile() ? await file.readFile("latin1") : "";
  } finally {
    await file.close();
  }
}
