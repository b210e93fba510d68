import { isOwnKey, keyNames } from "../../vocabulary/keys";
import type { RecordedKey, ServerRecord } from "./record";

type Keys = Pick<ServerRecord, "keys" | "otherKeys">;

/** What the record says of a key; undefined: nothing. */
export function recordedKey(record: Keys | null, key: string): RecordedKey | undefined {
  if (record === null) return undefined;
  if (isOwnKey(key)) return record.keys[key];
  return Object.hasOwn(record.otherKeys ?? {}, key) ? record.otherKeys?.[key] : undefined;
}

/** Names of the other keys that a record knows. */
export function otherKeysOf(record: Keys | null): string[] {
  return Object.keys(record?.otherKeys ?? {}).sort();
}

/** All that a record knows of keys, by their names. */
export function recordedKeys(record: Keys): Map<string, RecordedKey> {
  return new Map([...ownEntries(record.keys), ...Object.entries(record.otherKeys ?? {})]);
}

// A key that a later version manages is none of ours.
function ownEntries(keys: ServerRecord["keys"]): [string, RecordedKey][] {
  return keyNames.flatMap((key): [string, RecordedKey][] => {
    const recorded = keys[key];
    return recorded === undefined ? [] : [[key, recorded]];
  });
}

/** A record that knows these keys. */
export function withKeys(record: ServerRecord, keys: ReadonlyMap<string, RecordedKey>): ServerRecord {
  const { otherKeys: _before, ...rest } = record;
  const others = [...keys].filter(([key]) => !isOwnKey(key)).sort(([a], [b]) => (a < b ? -1 : 1));
  // What a later version manages stays as it is.
  const kept = Object.entries(record.keys).filter(([key]) => !isOwnKey(key));
  const own = keyNames.flatMap((key) => {
    const recorded = keys.get(key);
    return recorded === undefined ? [] : [[key, recorded] as const];
  });
  return {
    ...rest,
    keys: Object.fromEntries([...kept, ...own]),
    ...(others.length === 0 ? {} : { otherKeys: Object.fromEntries(others) }),
  };
}

/** Whether the server is known to tell the value of a key once it is set, so that "Unknown key" means that it is not. */
export function isAnswered(key: string, record: (Keys & Pick<ServerRecord, "answersForcedKeys">) | null): boolean {
  return isOwnKey(key) ? record?.answersForcedKeys === true : recordedKey(record, key)?.answered === true;
}

/** Every value that a key has had, as far as its record tells. */
export function valuesOf(recorded: RecordedKey | undefined): string[] {
  if (recorded === undefined) return [];
  return [recorded.earlier, recorded.applied, ...(recorded.between ?? [])].filter((value) => value !== null);
}
