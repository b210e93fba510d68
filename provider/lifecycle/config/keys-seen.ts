import { effectiveKey, sameValue } from "../../plan/compare/effective-key";
import { keySeen, type SeenServer } from "../../plan/seen";
import type { ConfigState } from "../../schema/config";

/** Stands in a refreshed state for the value of a key that is not the program's: what it is may be somebody's secret. */
export const otherThanGiven = "(another value)";
const notSet = "(not set)";

/** Whether what a state says of a key is what a refresh saw, and not what the program gave. */
export function isDrift(value: string): boolean {
  return value === otherThanGiven || value === notSet;
}

/** The keys of a program as they were seen: where one has another value, only that. */
export function seenKeys({ keys }: ConfigState, seen: SeenServer): ConfigState["keys"] {
  if (keys === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(keys).map(([key, wanted]) => {
      const now = effectiveKey(key, keySeen(seen, key), seen.record);
      if (sameValue(key, now, wanted)) return [key, wanted];
      return [key, now === null ? notSet : otherThanGiven];
    }),
  );
}
