import { connectPluginsPathKey, disableVerifyKey, isOwnKey, keyNames } from "../../vocabulary/keys";
import type { DesiredServer, DesiredKey } from "../desired";
import { effectiveKey, sameValue } from "./effective-key";
import { otherKeysOf, recordedKey } from "../record/keys-of-record";
import { isOurValue, isUncertain } from "../record/recorded-key";
import { readsByItself } from "../placement/releases";
import { keySeen, type SeenServer } from "../seen";
import type { Step } from "../step";

/** The steps that make each key what is wanted: none for a key that already is. */
export function compareKeys(desired: DesiredServer, seen: SeenServer): Step[] {
  return keysConcerned(desired, seen).flatMap((key): Step[] => {
    const wanted = wantedKey(key, desired, seen);
    if (wanted === undefined) return [];
    const now = effectiveKey(key, keySeen(seen, key), seen.record);
    if (sameValue(key, now, wanted) && !isOurLeftover(key, seen) && !isUncertain(key, seen)) return [];
    if (wanted === null) return [{ kind: "unsetKey", key, was: now }];
    return [{ kind: "setKey", key, value: wanted, was: now }];
  });
}

/** Our two keys, those that the program names, and those that it named once. */
export function keysConcerned(desired: Pick<DesiredServer, "otherKeys">, { record }: Pick<SeenServer, "record">): string[] {
  return [...keyNames, ...new Set([...Object.keys(desired.otherKeys ?? {}), ...otherKeysOf(record)].sort())];
}

function wishOf(key: string, { keys, otherKeys = {} }: DesiredServer): DesiredKey {
  if (isOwnKey(key)) return keys[key];
  const value = Object.hasOwn(otherKeys, key) ? otherKeys[key] : undefined;
  return value === undefined ? "restore" : { value };
}

/** The value a key shall have: null for none, undefined where it is left as found. */
export function wantedKey(key: string, desired: DesiredServer, seen: SeenServer): string | null | undefined {
  const wish = wishOf(key, desired);
  if (typeof wish === "object") return wish.value;
  switch (wish) {
    case "left":
      return undefined;
    case "automatic":
    case "automatic or restore":
    case "automatic or restore elsewhere":
      if (key === connectPluginsPathKey && needsPath(desired, seen)) return desired.directory;
      return isToRestore(wish, key, desired, seen) ? earlierValue(key, seen) : undefined;
    case "restore":
      return earlierValue(key, seen);
  }
}

function isToRestore(wish: DesiredKey, key: string, { directory }: DesiredServer, { record }: SeenServer): boolean {
  if (wish !== "automatic or restore elsewhere") return wish === "automatic or restore";
  const recorded = recordedKey(record, key);
  return recorded !== undefined && !isOurValue(key, recorded, directory);
}

function needsPath({ placement, directory }: DesiredServer, { version }: SeenServer): boolean {
  return placement === "path" || (placement === "automatic" && !readsByItself(version, directory));
}

// Given back only where nobody changed the key since, and never so that verification ends up off.
function earlierValue(key: string, seen: SeenServer): string | null | undefined {
  const recorded = recordedKey(seen.record, key);
  if (recorded === undefined) return undefined;
  const now = effectiveKey(key, keySeen(seen, key), seen.record);
  // A change that an interrupted run left pending is taken back, or whoever applies next would make it.
  const isLeftover = isOurLeftover(key, seen) && sameValue(key, now, recorded.earlier);
  if (!isLeftover && !isUncertain(key, seen) && !isOurValue(key, recorded, now)) return undefined;
  if (key === disableVerifyKey && !sameValue(key, recorded.earlier, "false")) return undefined;
  return recorded.earlier;
}

/** A change of ours that an interrupted run left pending has to be applied although the applied value looks right. */
export function isOurLeftover(key: string, seen: SeenServer): boolean {
  const recorded = recordedKey(seen.record, key);
  return recorded?.applied === null && seen.pending.ours.includes(key);
}
