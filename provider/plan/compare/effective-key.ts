import { connectPluginsPathKey, disableVerifyKey, longestKeyValue } from "../../vocabulary/keys";
import type { ServerRecord } from "../record/record";
import { isAnswered, recordedKey } from "../record/keys-of-record";
import type { KeySeen, SeenServer } from "../seen";
import { foldPath } from "../../vocabulary/node-path";

/**
 * The value of a key that the server uses, as far as it can be told; null: none.
 *
 * A server may answer "Unknown key" for a forced key although it is set. Then what this package last saw applied counts,
 * unless this very server has answered such a key before.
 */
export function effectiveKey(key: string, seen: KeySeen, record: ServerRecord | null): string | null {
  switch (seen.kind) {
    case "value":
      return seen.value;
    case "unset":
      return null;
    case "unknown":
      return isAnswered(key, record) ? null : (recordedKey(record, key)?.applied ?? null);
  }
}

/** What the keys of this package let a server do now. */
export interface KeysInUse {
  /** null: not set. */
  readonly pluginsPath: string | null;
  readonly signatures: "verified" | "not verified";
}

export function keysInUse({ keys, record }: Pick<SeenServer, "keys" | "record">): KeysInUse {
  const disable = effectiveKey(disableVerifyKey, keys[disableVerifyKey], record);
  return {
    pluginsPath: effectiveKey(connectPluginsPathKey, keys[connectPluginsPathKey], record),
    signatures: sameValue(disableVerifyKey, disable, "true") ? "not verified" : "verified",
  };
}

/** Whether two values of a key mean the same to the server, so that setting one over the other would be a restart for nothing. */
export function sameValue(key: string, left: string | null, right: string | null): boolean {
  return meaningOf(key, left) === meaningOf(key, right);
}

/** What a value of a key means to the server, as a text: equal for values that are alike to it. */
export function meaningOf(key: string, value: string | null): string | null {
  if (value === null || value === "") return key === disableVerifyKey ? "false" : null;
  if (key === disableVerifyKey) return value.toLowerCase();
  return key === connectPluginsPathKey ? foldPath(value) : plainText(value);
}

// A server may write a structure with other blanks, and its answers do not show those at the ends.
function plainText(value: string): string {
  const text = value.trim();
  if (!/^[[{]/.test(text) || text.length > longestKeyValue) return text;
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}
