import { disableVerifyKey, type KeyName } from "../../vocabulary/keys";
import type { ServerRecord } from "../record/record";
import type { KeySeen } from "../seen";
import { foldPath } from "../../vocabulary/node-path";

/**
 * The value of a key that the server uses, as far as it can be told; null: none.
 *
 * A server may answer "Unknown key" for a forced key although it is set. Then what this package last saw applied counts,
 * unless this very server has answered such a key before.
 */
export function effectiveKey(key: KeyName, seen: KeySeen, record: ServerRecord | null): string | null {
  switch (seen.kind) {
    case "value":
      return seen.value;
    case "unset":
      return null;
    case "unknown":
      return record === null || record.answersForcedKeys === true ? null : (record.keys[key]?.applied ?? null);
  }
}

/** Whether two values of a key mean the same to the server, so that setting one over the other would be a restart for nothing. */
export function sameValue(key: KeyName, left: string | null, right: string | null): boolean {
  return normalize(key, left) === normalize(key, right);
}

function normalize(key: KeyName, value: string | null): string | null {
  if (value === null || value === "") return key === disableVerifyKey ? "false" : null;
  return key === disableVerifyKey ? value.toLowerCase() : foldPath(value);
}
