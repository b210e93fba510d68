import type { DesiredServer } from "../desired";
import type { SeenServer } from "../seen";

/**
 * Why a restart is due although no live file differs: an earlier run recorded that one is needed, or a restart trigger
 * of the program changed. Empty: none is due for these reasons.
 */
export function restartDue(desired: DesiredServer, seen: SeenServer): string[] {
  return [...dueByRecord(seen), ...dueByTriggers(desired, seen)];
}

/** What is seen outranks what is remembered: a restart that somebody made since the record was written has made up for it. */
export function dueByRecord(seen: SeenServer): string[] {
  if (seen.restartRequired === null) return [];
  const { since, reason } = seen.restartRequired;
  const loadedSince = seen.nodes[0]?.loadedSince ?? null;
  return loadedSince !== null && loadedSince > since ? [] : [`an earlier run left a restart due (${reason})`];
}

function dueByTriggers(desired: DesiredServer, seen: SeenServer): string[] {
  if (desired.triggers === null || desired.triggers === seen.record?.triggers) return [];
  // A run that ended after its restart and before it wrote that down.
  const isDone = seen.restartRequired !== null && dueByRecord(seen).length === 0;
  if (isDone && seen.record?.begun?.triggers === desired.triggers) return [];
  return ["restartTriggers changed"];
}
