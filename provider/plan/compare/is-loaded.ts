import { samePath } from "../../vocabulary/node-path";
import { confirmedFile } from "../record/recorded-file";
import { latestChange, type SeenNode, type SeenPackage, type SeenServer } from "../seen";

/**
 * Whether the server has loaded a file that lies there with the wanted bytes.
 *
 * Yes, if an activation confirmed just this file, or if the processes that load connectors started after the file last
 * changed, by that node's own clock. Where no such process can be seen: yes for a file whose bytes an activation
 * confirmed, else no, so that an adoption is followed by a restart rather than by a connector that is not there.
 *
 * Windows tells of a file only when it was written, which a copy keeps. So on a server without any record, bytes that no activation
 * confirmed count as loaded if the processes started after that and after the last change of the folder's entries. That holds for a
 * first deployment of a file that somebody put there before as it does for an adoption: neither has changed anything yet. It does not
 * see a file that was overwritten in place, since then, by one with an older time. With a record they count as not loaded: then this
 * package has been at work there, and a repair must not be left out.
 */
export function isLoaded(seen: SeenServer, node: SeenNode, found: SeenPackage): "yes" | "no" | "unknown" {
  const confirmed = confirmedFile(seen.record, node, found);
  const sameBytes = confirmed?.sha256 === found.sha256;
  if (sameBytes && confirmed.changedAt === found.changedAt) return "yes";
  // The same processes run as then, so what they loaded is still this: only mode, owner or name were touched since.
  if (sameBytes && node.oldestProcess !== null && confirmed.process === node.oldestProcess) return "yes";
  // Such a time may be older than the file's being there: only of bytes that were confirmed before does it say enough.
  const changedAt = found.changedAtMeans === "writing" && !sameBytes ? latestArrival(seen, node, found) : latestChange(found);
  if (node.loadedSince !== null) return node.loadedSince > changedAt ? "yes" : "no";
  return sameBytes ? "unknown" : "no";
}

/** The last moment at which bytes that nobody confirmed may have come there; Infinity: nobody can tell. */
function latestArrival(seen: SeenServer, node: SeenNode, found: SeenPackage): number {
  const folder = node.directories.find(({ path }) => samePath(path, found.directory))?.entriesChangedAt;
  // Of an unpacked connector the folders within it would have to tell too.
  if (seen.record !== null || found.form === "folder" || folder === undefined) return Infinity;
  return Math.max(latestChange(found), latestChange({ changedAt: folder, changedAtMeans: "writing" }));
}
