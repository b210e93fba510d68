import type { DesiredServer } from "../desired";
import type { Activation, ConfirmedFile, RecordedFile, RecordedKey, RolledBack, ServerRecord } from "./record";
import { keySeen, type SeenServer } from "../seen";
import type { Step } from "../step";
import { effectiveKey, sameValue } from "../compare/effective-key";
import { perProcessDirectories } from "../placement/load-order";
import { recordedKey, recordedKeys, withKeys } from "./keys-of-record";
import { isOurValue, isUncertain, valuesBetween } from "./recorded-key";
import { trustBegun, trustDiffers, trustDone } from "./recorded-trust";
import { confirmedFile, confirmedName, isRecorded, recordedFile } from "./recorded-file";
import { isOwner, ownerAfter } from "./ownership";
import { findLive, wantedFiles } from "../compare/wanted-files";
import { isOwnKey } from "../../vocabulary/keys";

const empty: Omit<ServerRecord, "owner"> = {
  schemaVersion: 1,
  files: {},
  confirmed: {},
  keys: {},
  answersForcedKeys: null,
  triggers: null,
  lastActivation: null,
};

/** The record while a plan is carried out: the new owner, the files it is about to touch, the keys it is about to change. */
export function recordBefore(desired: DesiredServer, seen: SeenServer, steps: readonly Step[], run?: string): ServerRecord {
  const owner = ownerAfter(desired.owner, seen.record);
  const record = seen.record ?? { ...empty, owner };
  // Dropped files stay listed until they are gone: whoever takes over an interrupted run must still know they are ours.
  const files = Object.entries(filesOf(desired, seen)).map(([name, file]) => [name, withEarlierPlaces(file, recordedFile(record, name))]);
  const begun = {
    ...record,
    ...(run === undefined ? {} : { run, begun: { triggers: desired.triggers } }),
    owner,
    files: { ...record.files, ...(Object.fromEntries(files) as ServerRecord["files"]) },
    ...trustBegun(record, desired),
  };
  return withKeys(begun, keysBegun(record, steps));
}

// What is being moved is ours in both places until the old one is empty.
function withEarlierPlaces(file: RecordedFile, earlier: RecordedFile | undefined): RecordedFile {
  if (earlier === undefined) return file;
  const places = new Set([earlier.directory, ...(earlier.directories ?? []), file.directory, ...(file.directories ?? [])]);
  const [directory = file.directory, ...directories] = places;
  const { directories: _own, ...rest } = file;
  return { ...rest, directory, ...(directories.length === 0 ? {} : { directories }) };
}

/** The record once the plan is carried out and `seen` again. */
export function recordAfter(desired: DesiredServer, seen: SeenServer, steps: readonly Step[], activation: Activation | null): ServerRecord {
  const owner = ownerAfter(desired.owner, seen.record);
  const { begun: _done, trust: _earlier, ...record } = seen.record ?? { ...empty, owner };
  const after = {
    ...record,
    ...trustDone(desired, seen),
    owner,
    files: filesOf(desired, seen),
    confirmed: confirmedOf(desired, seen),
    answersForcedKeys: answers(record, seen, steps),
    triggers: desired.triggers,
    lastActivation: activation ?? record.lastActivation,
    rolledBack: null,
  };
  return withKeys(after, keysDone(record, seen, steps));
}

/** The record after a rollback: what was there before, and the set that must not be tried again. */
export function recordRolledBack(
  desired: DesiredServer,
  before: SeenServer,
  again: SeenServer,
  rolledBack: RolledBack | null,
): ServerRecord {
  const owner = ownerAfter(desired.owner, before.record);
  const { begun: _undone, ...record } = before.record ?? { ...empty, owner };
  const { run = record.run } = again.record ?? {};
  return {
    ...record,
    ...(run === undefined ? {} : { run }),
    owner,
    confirmed: confirmedAgain(record, again),
    rolledBack: rolledBack ?? record.rolledBack ?? null,
  };
}

// A restored file has a new time; its bytes are the ones that were confirmed.
function confirmedAgain(record: ServerRecord, again: SeenServer): ServerRecord["confirmed"] {
  return Object.fromEntries(
    again.nodes.map((node) => {
      const files = node.packages.filter(
        (found) => isRecorded(record, found) && confirmedFile(record, node, found)?.sha256 === found.sha256,
      );
      return [
        node.name,
        Object.fromEntries(
          files.map((found) => [
            confirmedName(record, found),
            { sha256: found.sha256 ?? "", changedAt: found.changedAt, process: node.oldestProcess },
          ]),
        ),
      ];
    }),
  );
}

/** Whether a record has to be written although nothing on the server differs: a new owner, an adoption, a trigger that was dropped. */
export function recordDiffers(desired: DesiredServer, seen: SeenServer): boolean {
  const { record } = seen;
  if (record === null || seen.recordIs !== undefined) return true;
  const sameOwner = isOwner(desired.owner, record) && record.owner.urn === desired.owner.urn;
  const files = filesOf(desired, seen);
  return (
    !sameOwner ||
    stable(record.files) !== stable(files) ||
    record.triggers !== desired.triggers ||
    !allConfirmed(desired, seen, record) ||
    trustDiffers(desired, seen) ||
    isUnfinished(record, seen)
  );
}

// A run that was interrupted after its restart has left its note, and a key that it never saw applied.
function isUnfinished(record: ServerRecord, seen: SeenServer): boolean {
  return (
    seen.restartRequired !== null ||
    stable(Object.fromEntries(keysDone(record, seen, []))) !== stable(Object.fromEntries(recordedKeys(record)))
  );
}

function allConfirmed(desired: DesiredServer, seen: SeenServer, record: ServerRecord): boolean {
  return seen.nodes.every((node) =>
    wantedFiles(desired, node).every((place) => confirmedFile(record, node, place)?.sha256 === place.sha256),
  );
}

function filesOf(desired: DesiredServer, seen: SeenServer): Record<string, RecordedFile> {
  const connectors = desired.connectors.map((one) => [one, placesOfConnectors(desired)] as const);
  const drivers = desired.drivers.map(
    (one) => [{ pluginClass: "", pluginVersion: "", ...one }, { directory: desired.driversDirectory }] as const,
  );
  return Object.fromEntries(
    [...connectors, ...drivers].map(([{ fileName, sha256, pluginClass, pluginVersion }, places]) => {
      const known = recordedFile(seen.record, fileName);
      const adopted = known === undefined ? wasThere(desired, seen, fileName, sha256) : known.adopted && known.sha256 === sha256;
      return [fileName, { ...places, sha256, pluginClass, pluginVersion, adopted }];
    }),
  );
}

function placesOfConnectors({ placement, directory }: DesiredServer): Pick<RecordedFile, "directory" | "directories"> {
  if (placement !== "perProcess") return { directory };
  const [first = directory, ...directories] = perProcessDirectories(directory);
  return { directory: first, directories };
}

function wasThere(desired: DesiredServer, seen: SeenServer, fileName: string, sha256: string): boolean {
  return seen.nodes.some((node) =>
    wantedFiles(desired, node).some((place) => place.fileName === fileName && findLive(node, place)?.sha256 === sha256),
  );
}

function confirmedOf(desired: DesiredServer, seen: SeenServer): ServerRecord["confirmed"] {
  const record = { files: filesOf(desired, seen) };
  return Object.fromEntries(
    seen.nodes.map((node) => {
      const files = wantedFiles(desired, node).flatMap((place): [string, ConfirmedFile][] => {
        const found = findLive(node, place);
        if (found?.sha256 !== place.sha256) return [];
        const { sha256 } = place;
        return [[confirmedName(record, place), { sha256, changedAt: found.changedAt, process: node.oldestProcess }]];
      });
      return [node.name, Object.fromEntries(files)];
    }),
  );
}

function keysBegun(record: ServerRecord, steps: readonly Step[]): Map<string, RecordedKey> {
  const keys = recordedKeys(record);
  for (const step of steps) {
    if (step.kind !== "setKey" && step.kind !== "unsetKey") continue;
    const recorded = keys.get(step.key);
    // The value before us stays what it was, unless somebody else set the key in between.
    const unchangedSince = recorded !== undefined && (recorded.applied === null || sameValue(step.key, recorded.applied, step.was));
    const between = valuesBetween(unchangedSince ? recorded : undefined, step.kind === "setKey" ? step.value : null);
    const answered = recorded?.answered === undefined ? {} : { answered: recorded.answered };
    keys.set(step.key, { earlier: unchangedSince ? recorded.earlier : step.was, applied: null, between, ...answered });
  }
  return keys;
}

function keysDone(record: ServerRecord, seen: SeenServer, steps: readonly Step[]): Map<string, RecordedKey> {
  const keys = recordedKeys(record);
  for (const step of steps) {
    if (step.kind === "unsetKey") keys.delete(step.key);
    if (step.kind === "setKey") {
      keys.set(step.key, { earlier: recordedKey(record, step.key)?.earlier ?? null, applied: step.value, ...answeredNow(step.key, seen) });
    }
  }
  // An interrupted change that was applied after all, or that is gone.
  for (const [key, recorded] of [...keys]) {
    if (recorded.applied !== null || seen.pending.ours.includes(key) || isUncertain(key, seen)) continue;
    const now = effectiveKey(key, keySeen(seen, key), seen.record);
    const { earlier, between } = recorded;
    if (between !== undefined && (sameValue(key, now, earlier) || !isOurValue(key, recorded, now))) keys.delete(key);
    else if (now !== null) keys.set(key, { earlier, applied: now, ...answeredNow(key, seen) });
  }
  // What has its earlier value again is not ours any more.
  for (const [key, { earlier, applied }] of [...keys]) {
    if (!isOwnKey(key) && applied !== null && sameValue(key, earlier, applied)) keys.delete(key);
  }
  return keys;
}

// Each other key by itself: some are keys that every server knows, and tells.
function answeredNow(key: string, seen: SeenServer): Pick<RecordedKey, "answered"> {
  return !isOwnKey(key) && keySeen(seen, key).kind === "value" ? { answered: true } : {};
}

function answers(record: ServerRecord, seen: SeenServer, steps: readonly Step[]): boolean | null {
  const set = steps.find((step) => step.kind === "setKey" && isOwnKey(step.key));
  if (set?.kind !== "setKey") return record.answersForcedKeys;
  return keySeen(seen, set.key).kind === "value";
}

function stable(value: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
