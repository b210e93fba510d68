import type { WindowsMachine } from "../../host/windows/machine";
import { treeDigests } from "./tree-digests";

/** A digest, "-" for nothing, "unreadable", or "other" for a folder that is no unpacked connector. */
export async function stateOf(machine: WindowsMachine, path: string): Promise<string> {
  const stat = await machine.files.stat(path);
  if (stat === null) return "-";
  if (stat.kind === "file") return (await machine.digests([path]))[0] ?? "unreadable";
  if ((await machine.files.stat(`${path}/manifest.xml`))?.kind !== "file") return "other";
  return (await treeDigests(machine, [path]))[0] ?? "unreadable";
}
