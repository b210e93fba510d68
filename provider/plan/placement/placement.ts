import { perProcessDirectories } from "./load-order";
import type { SeenNode } from "../seen";

/**
 * How connectors reach the server's processes.
 *
 * `shared`: one folder that all of them read by themselves. `path`: one folder that the path key names. `perProcess`: the
 * own folder of each process. `automatic`: one folder, and the path key where this release does not read it by itself.
 */
export type Placement = "automatic" | "shared" | "perProcess" | "path";

/** Where connectors go live. */
export interface LivePlace {
  readonly placement: Placement;
  /** The one folder; where the placement is `perProcess`, it only tells which system the nodes have. */
  readonly directory: string;
}

/** The folders of one node that connectors go live in: of processes that are not on that node there is none. */
export function liveDirectories({ placement, directory }: LivePlace, node: SeenNode): readonly string[] {
  if (placement !== "perProcess") return [directory];
  return perProcessDirectories(directory).filter((path) =>
    node.directories.some((one) => one.path === path && (one.exists || one.parentExists)),
  );
}

/** Whether connectors go live in that folder on some node. */
export function isLiveDirectory({ placement, directory }: LivePlace, path: string): boolean {
  return placement === "perProcess" ? perProcessDirectories(directory).includes(path) : path === directory;
}

/** Where connectors go live, for people. */
export function describePlace({ placement, directory }: LivePlace): string {
  return placement === "perProcess" ? "the Connectors folder of each process" : directory;
}
