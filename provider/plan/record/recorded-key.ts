import { sameValue } from "../compare/effective-key";
import { keySeen, type SeenServer } from "../seen";
import { isAnswered, recordedKey } from "./keys-of-record";
import type { RecordedKey } from "./record";

/** Whether a value of a key is one that this package gave it, or was about to. */
export function isOurValue(key: string, recorded: RecordedKey, value: string | null): boolean {
  const { applied, between } = recorded;
  // A record of 0.1.0 tells that a change was begun and not to which value.
  if (applied === null && between === undefined) return true;
  return [...(between ?? []), ...(applied === null ? [] : [applied])].some((one) => sameValue(key, one, value));
}

/** Values of ours that a key may have while it is changed to another one. */
export function valuesBetween(recorded: RecordedKey | undefined, next: string | null): (string | null)[] {
  const before = recorded === undefined ? [] : recorded.applied === null ? (recorded.between ?? []) : [recorded.applied];
  return [...new Set([...before, next])];
}

/** Whether a change was begun and not confirmed on a server that does not tell the value of the key: it may be any of ours. */
export function isUncertain(key: string, seen: SeenServer): boolean {
  const recorded = recordedKey(seen.record, key);
  const isBegun = recorded?.applied === null && recorded.between !== undefined;
  return isBegun && keySeen(seen, key).kind === "unknown" && !isAnswered(key, seen.record);
}
