import { type Reply, unreadableAnswer } from "../../host/ask";
import type { FileStat, Rights } from "../../host/fields";
import { printableLine } from "../../vocabulary/printable";
import type { RestartRequired, SeenDirectory, SeenNode, SeenPackage, StoredPackage } from "../../plan/seen";
import { oneLine } from "../check-answer";
import type { observeReply, ObserveQuestion } from "./reply";

/** The answer to a look at a node. */
export type Look = Reply<ReturnType<typeof observeReply>>;

type LookLines = Look["lines"];

/** What one node answered to the observe script. */
export interface Observation {
  readonly node: SeenNode;
  /** The login user's name, or root's where the script ran privileged. */
  readonly user: string;
  /** The node's own clock, in seconds. */
  readonly clock: number;
  /** Text of record.json, if the node has one. */
  readonly record: string | null;
  readonly restartRequired: RestartRequired | null;
  /** Text of the manifest of each unpacked connector, by its path. */
  readonly manifests: ReadonlyMap<string, string>;
}

/**
 * What the lines of the observe script say; pure.
 *
 * @throws TableauError host-answer-unreadable if the answer does not add up.
 */
export function readObservation(name: string, asked: ObserveQuestion, { lines, status, errorText }: Look): Observation {
  const [runAs, login, clock] = [lines.runas[0], lines.login[0], lines.clock[0]];
  if (status !== 0 || runAs === undefined || login === undefined || clock === undefined) {
    throw unreadable(name, `it ended early with status ${String(status)}${errorText === "" ? "" : ` (${oneLine(errorText)})`}`);
  }
  const rights = { user: runAs.user, groups: runAs.groups.split(" ") };
  const access = accessByPlace(lines);
  const directories = [...new Set(asked.directories)].map((path) => {
    const told = lines.directory.find((line) => line.path === path);
    if (told === undefined) throw unreadable(name, `it does not tell of ${path}`);
    return readDirectory(told, rights, lines, access);
  });
  const files = directories.flatMap((directory) => readFiles(name, lines, directory, rights, access));
  const oldest = oldestProcess(lines);
  const [installed] = lines.installed;
  const [processes] = lines.processes;
  return {
    node: {
      name,
      directories,
      packages: [...files.filter(({ fileName }) => !isLeftover(fileName)), ...readFolders(lines, directories, rights)],
      stored: readStore(lines),
      loadedSince: oldest?.start ?? null,
      oldestProcess: oldest === null ? null : `${lines.boot[0]?.id ?? ""} ${String(oldest.ticks)}`,
      ...(installed === undefined ? {} : { installedIn: installed.folder }),
      ...(processes === undefined ? {} : { processesElsewhere: processes }),
      leftovers: files.filter(({ fileName }) => isLeftover(fileName)).map(({ directory, fileName }) => ({ directory, fileName })),
    },
    user: login.user,
    clock: clock.now,
    record: lines.record[0]?.text ?? null,
    restartRequired: readRestartRequired(lines),
    manifests: new Map(lines.folder.map(({ directory, fileName, manifest }) => [`${directory}/${fileName}`, manifest])),
  };
}

interface RunAs {
  readonly user: string;
  readonly groups: readonly string[];
}

function readDirectory(line: LookLines["directory"][number], runAs: RunAs, lines: LookLines, accessOf: AccessByPlace): SeenDirectory {
  const { path, state, parent, wouldBe } = line;
  if (state === "absent") {
    return { path, exists: false, parentExists: parent === "in", traversable: false, ...(wouldBe === null ? {} : { identity: wouldBe }) };
  }
  const worksAs = lines["works-as"].find(({ directory }) => directory === path);
  const unsafe = lines.unsafe.find((refused) => refused.path === path);
  const access = accessOf(path, null);
  const entries = lines.entries.find(({ directory }) => directory === path);
  return {
    path,
    exists: true,
    parentExists: true,
    ...(state.identity === null ? {} : { identity: state.identity }),
    traversable: access?.readable ?? allows(state, runAs, 0o5),
    ...(access === undefined ? {} : { accessList: true }),
    ...(worksAs === undefined ? {} : { placedAs: worksAs.user }),
    ...(unsafe === undefined ? {} : { unsafe: { folder: unsafe.folder, owner: unsafe.owner, mode: unsafe.mode } }),
    ...(entries === undefined ? {} : { entriesChangedAt: entries.changedAt }),
  };
}

/** Whether the run-as user can read what has an access list; undefined: it has none, and its mode tells. */
type AccessByPlace = (directory: string, fileName: string | null) => { readonly readable: boolean } | undefined;

/** What has an access list is not judged by its mode. Where the run-as user could not be asked nothing is known, and nothing is made of it. */
function accessByPlace({ access }: LookLines): AccessByPlace {
  const key = (directory: string, fileName: string | null): string => JSON.stringify([directory, fileName]);
  const all = new Map(access.map(({ directory, fileName, readable }) => [key(directory, fileName), { readable: readable !== "no" }]));
  return (directory, fileName) => all.get(key(directory, fileName));
}

// The names, times and digests of a directory come as three lists in the same order.
function readFiles(node: string, lines: LookLines, directory: SeenDirectory, runAs: RunAs, accessOf: AccessByPlace): SeenPackage[] {
  const here = <T extends { readonly directory: string }>(all: readonly T[]): T[] =>
    all.filter((line) => line.directory === directory.path);
  const [names, stats, digests] = [here(lines.name), here(lines.stat), here(lines.digest)];
  if (names.length !== stats.length || names.length !== digests.length) {
    throw unreadable(node, `${directory.path} changed while it was looked at`);
  }
  const links = new Map(here(lines.link).map(({ fileName, changedAt }) => [fileName, changedAt]));
  const readable = names.flatMap(({ fileName }, i) => {
    const stat = stats[i]?.stat;
    if (stat === undefined) return [];
    const file = readFile(directory, fileName, stat, digests[i]?.sha256 ?? null, runAs);
    const linkedAt = links.get(fileName);
    return [
      linkedAt === undefined
        ? withAccess(file, accessOf)
        : { ...file, form: "link" as const, changedAt: Math.max(file.changedAt, linkedAt) },
    ];
  });
  const closed = here(lines.unreadable).flatMap(({ fileName, stat }) =>
    stat === null ? [] : [readFile(directory, fileName, stat, null, runAs)],
  );
  return [...readable, ...closed];
}

function withAccess(file: SeenPackage, accessOf: AccessByPlace): SeenPackage {
  const access = accessOf(file.directory, file.fileName);
  return access === undefined ? file : { ...file, accessList: true, readable: access.readable };
}

function readFile(directory: SeenDirectory, fileName: string, stat: FileStat, sha256: string | null, runAs: RunAs): SeenPackage {
  const { mode, owner, group, changedAt, means } = stat;
  return {
    directory: directory.path,
    fileName,
    form: "file",
    sha256,
    mode,
    owner,
    group,
    changedAt,
    ...(means === "writing" ? { changedAtMeans: means } : {}),
    readable: directory.traversable && allows(stat, runAs, 0o4),
    ...(directory.placedAs === undefined ? {} : { placedAs: directory.placedAs }),
  };
}

function readFolders(lines: LookLines, directories: readonly SeenDirectory[], runAs: RunAs): SeenPackage[] {
  return lines.folder.flatMap(({ directory: path, fileName, stat, sha256, closed }) => {
    const directory = directories.find((candidate) => candidate.path === path);
    if (directory === undefined || stat === null) return [];
    const folder = readFile(directory, fileName, stat, sha256, runAs);
    return [{ ...folder, form: "folder" as const, readable: folder.readable && (closed ?? "") === "" }];
  });
}

function oldestProcess({ process }: LookLines): LookLines["process"][number] | null {
  return process.reduce<LookLines["process"][number] | null>(
    (oldest, next) => (oldest === null || next.ticks < oldest.ticks ? next : oldest),
    null,
  );
}

const digestName = /^[0-9a-f]{64}$/;

function readStore({ verified, stored }: LookLines): StoredPackage[] {
  const intact = new Map(verified.map(({ sha256, got }) => [sha256, sha256 === got]));
  // Whatever else lies in the store is none of ours.
  const described = stored.flatMap(({ name, stat, pluginClass, pluginVersion, file }): StoredPackage[] => {
    if (stat === null || !digestName.test(name)) return [];
    const [size, storedAt] = stat;
    return [{ sha256: name, intact: intact.get(name) ?? null, size, storedAt, pluginClass, pluginVersion, fileName: file }];
  });
  const known = new Set(described.map(({ sha256 }) => sha256));
  // A package whose description is lost is still there.
  const bare = [...intact]
    .filter(([sha256]) => !known.has(sha256))
    .map(([sha256, whole]) => ({ sha256, intact: whole, size: 0, storedAt: 0, pluginClass: "", pluginVersion: "", fileName: "" }));
  return [...described, ...bare];
}

function readRestartRequired(lines: LookLines): RestartRequired | null {
  const [note] = lines["restart-required"];
  // It goes into sentences, and into the next note.
  return note === undefined ? null : { since: note.since, reason: printableLine(oneLine(note.reason)) };
}

function allows({ mode, owner, group }: Rights, runAs: RunAs, bits: number): boolean {
  const all = Number.parseInt(mode, 8);
  const shift = owner === runAs.user ? 6 : runAs.groups.includes(group) ? 3 : 0;
  return ((all >> shift) & bits) === bits;
}

function isLeftover(fileName: string): boolean {
  return fileName.startsWith(".pulumi-tableau.");
}

function unreadable(node: string, what: string): ReturnType<typeof unreadableAnswer> {
  return unreadableAnswer(node, "observe", what);
}
