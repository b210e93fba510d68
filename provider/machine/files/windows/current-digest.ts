import type { WindowsMachine } from "../../../host/windows/machine";

/** Digest of a file; "-": there is none, "other": there is a folder, "unreadable": its bytes cannot be read. */
export async function currentDigest(machine: WindowsMachine, path: string): Promise<string> {
  const stat = await machine.files.stat(path);
  if (stat === null) return "-";
  if (stat.kind === "folder") return "other";
  const [digest] = await machine.digests([path]);
  return digest ?? "unreadable";
}
