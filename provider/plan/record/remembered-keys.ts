import { keysConcerned } from "../compare/compare-keys";
import { effectiveKey } from "../compare/effective-key";
import type { DesiredServer } from "../desired";
import { keySeen, type SeenServer } from "../seen";
import { isOwnKey } from "../../vocabulary/keys";
import { isOwner } from "./ownership";
import type { ServerRecord } from "./record";

/** What a state keeps of keys without an argument of their own. Values may be secrets: so is all of it. */
export interface RememberedKeys {
  /** Value that was last seen applied; null: none. */
  readonly applied: Readonly<Record<string, string | null>>;
  /** What the server's record says of them. */
  readonly recorded: NonNullable<ServerRecord["otherKeys"]>;
}

/** What is to be kept after a look; null: nothing. */
export function rememberKeys(desired: DesiredServer, seen: SeenServer): RememberedKeys | null {
  const names = keysConcerned(desired, seen).filter((key) => !isOwnKey(key));
  if (names.length === 0) return null;
  const applied = Object.fromEntries(names.map((key) => [key, effectiveKey(key, keySeen(seen, key), seen.record)]));
  return { applied, recorded: isOwner(desired.owner, seen.record) ? (seen.record.otherKeys ?? {}) : {} };
}
