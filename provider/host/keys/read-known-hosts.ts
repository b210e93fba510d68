import type { KnownHostsFile } from "./known-hosts";
import { readSmallFile } from "../read-small-file";

/** Reads all known_hosts files; a pool takes another one for tests. */
export type ReadKnownHosts = () => Promise<readonly KnownHostsFile[]>;

// UserKnownHostsFile and GlobalKnownHostsFile: https://man.openbsd.org/ssh_config
const paths = ["~/.ssh/known_hosts", "~/.ssh/known_hosts2", "/etc/ssh/ssh_known_hosts", "/etc/ssh/ssh_known_hosts2"];

/** The files that ssh reads by default. One that is not there or cannot be read holds no keys. */
export async function readDefaultKnownHosts(from: readonly string[] = paths): Promise<readonly KnownHostsFile[]> {
  return await Promise.all(from.map(async (path) => ({ path, text: await readSmallFile(path).catch(() => "") })));
}
