import type { SeenServer } from "./seen";

/** Whether every node whose connector-loading processes were seen before shows newer ones now. */
export function hasRestarted(before: SeenServer, after: SeenServer): boolean {
  return after.nodes.every((node) => {
    const earlier = before.nodes.find(({ name }) => name === node.name)?.loadedSince ?? null;
    return earlier === null || node.loadedSince === null || node.loadedSince > earlier;
  });
}
