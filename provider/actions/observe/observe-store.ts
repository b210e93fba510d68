import type { Host } from "../../host/host";
import { observeNode } from ".";

/** What a node's store holds in place of a package: its digest, "absent", or "damaged". */
export async function observeStore(host: Host, sha256: string, stateDirectory: string, timeoutSeconds: number): Promise<string> {
  const { node } = await observeNode(host, { stateDirectory, digests: [sha256], directories: [], timeoutSeconds });
  const stored = node.stored.find((one) => one.sha256 === sha256);
  if (stored === undefined) return "absent";
  return stored.intact === true ? sha256 : stored.intact === null ? "absent" : "damaged";
}
