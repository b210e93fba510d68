import type { SeenNode, SeenServer } from "../seen";

/**
 * Whether two nodes have one folder at a path, such as an export of a file server that both mount. It is taken from what the
 * folder says of itself, which two clones of one machine say as well: so it only decides what is safe in either case.
 */
export function sharesFolder(one: SeenNode, other: SeenNode, path: string): boolean {
  const identity = identityOf(one, path);
  return identity !== undefined && identity === identityOf(other, path);
}

/** Whether any folder may be shared by nodes: then its files are changed by one node after the other. */
export function mayShareFolders({ nodes }: Pick<SeenServer, "nodes">): boolean {
  return nodes.some((one, i) => nodes.slice(i + 1).some((other) => one.directories.some(({ path }) => sharesFolder(one, other, path))));
}

function identityOf({ directories }: SeenNode, path: string): string | undefined {
  return directories.find((directory) => directory.path === path)?.identity;
}
