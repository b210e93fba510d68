import type { SeenServer } from "../seen";

/** Whether every node whose connector-loading processes were seen before shows others now; where none are seen it is taken for granted. */
export function hasRestarted(before: SeenServer, after: SeenServer): boolean {
  return after.nodes.every((node) => {
    const earlier = before.nodes.find(({ name }) => name === node.name)?.oldestProcess ?? null;
    return earlier === null || node.oldestProcess === null || node.oldestProcess !== earlier;
  });
}

/** Whether every node shows the very processes that were seen before, so that nothing new can have been loaded. */
export function hasStayed(before: SeenServer, after: SeenServer): boolean {
  return after.nodes.every((node) => {
    const earlier = before.nodes.find(({ name }) => name === node.name)?.oldestProcess ?? null;
    return earlier !== null && node.oldestProcess === earlier;
  });
}

/** Whether every node was seen to show processes other than those that were seen before: nothing is taken for granted. */
export function hasSurelyRestarted(before: SeenServer, after: SeenServer): boolean {
  return after.nodes.every((node) => {
    const earlier = before.nodes.find(({ name }) => name === node.name)?.oldestProcess ?? null;
    return earlier !== null && node.oldestProcess !== null && node.oldestProcess !== earlier;
  });
}
