import type { WindowsMachine } from "../../../host/windows/machine";
import { treeDigests } from "./trees";

/** A digest, "-" for nothing, "unreadable", or "other" for a folder that is no unpacked connector. */
export async function stateOf(machine: WindowsMachine, path: string): Promise<string> {
  const stat = await machine.files.lstat(path);
  if (stat === null) return "-";
  // What a link leads to is not ours to judge.
  if (stat.kind === "other") return "unreadable";
  if (stat.kind === "file") return (await machine.digests([path]))[0] ?? "unreadable";
  if ((await machine.files.stat(`${path}/manifest.xml`))?.kind !== "file") return "other";
  return (await treeDigests(machine, [path]))[0] ?? "unreadable";
}
