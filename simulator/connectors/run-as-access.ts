import { statSync, type Stats } from "node:fs";
import { join } from "node:path";

/** The user that the server runs as. */
export interface RunAsUser {
  readonly name: string;
  readonly uid: number;
  readonly gids: readonly number[];
}

/**
 * Whether the run-as user can read the file or folder `path` of a node, judged by the modes of the path and of every
 * folder above it within the node's tree.
 */
export function canRead(tree: string, path: string, user: RunAsUser): boolean {
  const parts = path.split("/").filter((part) => part !== "");
  const folders = parts.slice(0, -1).map((_, index) => join(tree, ...parts.slice(0, index + 1)));
  const target = statSync(join(tree, path));
  return folders.every((folder) => allows(statSync(folder), user, 1)) && allows(target, user, target.isDirectory() ? 5 : 4);
}

function allows(stats: Stats, user: RunAsUser, wanted: number): boolean {
  if (user.uid === 0) return true;
  const shift = stats.uid === user.uid ? 6 : user.gids.includes(stats.gid) ? 3 : 0;
  return ((stats.mode >> shift) & wanted) === wanted;
}
