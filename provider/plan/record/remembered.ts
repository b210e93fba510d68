import type { Claimant } from "../desired";
import type { SeenServer } from "../seen";
import { isOwner } from "./ownership";
import type { ServerRecord } from "./record";

/**
 * What the record of a server holds and nobody could find out again, as the config's state keeps it a second time: the record lies
 * on one node, whose disk may be full, whose role may go to another node, and which may be set back to an older day.
 */
export interface Remembered extends Pick<
  ServerRecord,
  "files" | "confirmed" | "keys" | "otherKeys" | "trust" | "answersForcedKeys" | "triggers"
> {
  /** The run that it is of; null: of a version that gave runs no names. */
  readonly run: string | null;
  /** Whether the server is known to hold the same. */
  readonly onServer: "yes" | "no";
  /** Tokens that the owner held before, the newest last: its record may come back from an older day. Absent: none. */
  readonly earlierTokens?: readonly string[];
}

/** What a state keeps of a record; null: there is none of this owner. */
export function remember({ record, recordIs }: Pick<SeenServer, "record" | "recordIs">, us: Claimant): Remembered | null {
  if (!isOwner(us, record)) return null;
  const { files, confirmed, keys, otherKeys, trust, answersForcedKeys, triggers, run = null } = record;
  const { earlierTokens } = record.owner;
  return {
    ...{ files, confirmed, keys, answersForcedKeys, triggers, run, onServer: recordIs === undefined ? "yes" : "no" },
    ...(otherKeys === undefined ? {} : { otherKeys }),
    ...(trust === undefined ? {} : { trust }),
    ...(earlierTokens === undefined ? {} : { earlierTokens }),
  };
}

/**
 * What was seen, with the record completed by what its owner remembers of it.
 *
 * A record that is gone is taken from memory. One that was left behind by the last run, which saw the server run with its change
 * and could not write that down, is too, and the note that a restart is due has been made up for. Of any other record only the keys are completed, whose earlier values cannot be told in
 * any other way. Nobody else's record is touched.
 */
export function recall(seen: SeenServer, remembered: Remembered | null, us: Claimant): SeenServer {
  if (remembered === null) return seen;
  const { record } = seen;
  const { onServer, run, earlierTokens, ...kept } = remembered;
  const whole = { ...kept, ...(run === null ? {} : { run }) };
  if (record === null) {
    const owner = { stack: us.stack, urn: us.urn, token: us.token, ...(earlierTokens === undefined ? {} : { earlierTokens }) };
    return { ...seen, recordIs: "lost", record: { schemaVersion: 1, owner, lastActivation: null, ...whole } };
  }
  if (!isOwner(us, record)) return seen;
  if (onServer === "no" && run !== null && record.run === run) {
    return { ...seen, recordIs: "behind", restartRequired: null, record: { ...record, ...whole } };
  }
  const others = { ...remembered.otherKeys, ...record.otherKeys };
  const keys = { ...remembered.keys, ...record.keys };
  return { ...seen, record: { ...record, keys, ...(Object.keys(others).length === 0 ? {} : { otherKeys: others }) } };
}

/** Folders in which files may lie that are remembered. */
export function rememberedDirectories(remembered: Remembered | null): string[] {
  const files = Object.values(remembered?.files ?? {});
  return [...new Set(files.flatMap(({ directory, directories }) => [directory, ...(directories ?? [])]))];
}
