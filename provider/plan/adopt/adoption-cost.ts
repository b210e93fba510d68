import { whyDue } from "../compare/compare-files";
import type { SeenServer } from "../seen";
import type { NamedFile } from "./compare-nodes";

/** What it costs to take a server over as it is. */
export interface AdoptionCost {
  /** Why it restarts: full phrases; empty: it does not. */
  readonly due: readonly string[];
  /**
   * How it is known what is loaded: "changes" of each file, or, where nodes do not tell since when a file lies there, its "arrival", by the
   * time of its writing and the last change of its folder.
   */
  readonly knownBy: "changes" | "arrival";
  /** When the oldest process started that loads connectors, of those that were seen, in seconds by its node's clock. */
  readonly oldestStart: number | null;
}

/** Why the server restarts if a program lists these files as they lie there, if it does. */
export function adoptionCost(seen: SeenServer, files: readonly NamedFile[]): AdoptionCost {
  const copies = files.flatMap((file) => file.copies);
  const due = copies.flatMap(({ node: name, found }) => {
    const node = seen.nodes.find((candidate) => candidate.name === name);
    return node === undefined || found === null ? [] : whyDue(seen, node, found);
  });
  const oldest = seen.nodes.reduce((earliest, { loadedSince }) => Math.min(earliest, loadedSince ?? Infinity), Infinity);
  return {
    due: [...new Set(due)],
    knownBy: copies.some(({ found }) => found?.changedAtMeans === "writing") && seen.record === null ? "arrival" : "changes",
    oldestStart: oldest === Infinity ? null : oldest,
  };
}
