import { confirmedFile } from "../record/recorded-file";
import { latestChange, type SeenNode, type SeenPackage, type SeenServer } from "../seen";

/**
 * Whether the server has loaded a file that lies there with the wanted bytes.
 *
 * Yes, if an activation confirmed just this file, or if the processes that load connectors started after the file last
 * changed, by that node's own clock. Where no such process can be seen: yes for a file whose bytes an activation
 * confirmed, else no, so that an adoption is followed by a restart rather than by a connector that is not there.
 */
export function isLoaded(seen: SeenServer, node: SeenNode, found: SeenPackage): "yes" | "no" | "unknown" {
  const confirmed = confirmedFile(seen.record, node, found);
  const sameBytes = confirmed?.sha256 === found.sha256;
  if (sameBytes && confirmed.changedAt === found.changedAt) return "yes";
  // The same processes run as then, so what they loaded is still this: only mode, owner or name were touched since.
  if (sameBytes && node.oldestProcess !== null && confirmed.process === node.oldestProcess) return "yes";
  // Such a time may be older than the file's being there: only of bytes that were confirmed before does it say enough.
  if (found.changedAtMeans === "writing" && !sameBytes) return "no";
  if (node.loadedSince !== null) return node.loadedSince > latestChange(found) ? "yes" : "no";
  return sameBytes ? "unknown" : "no";
}
