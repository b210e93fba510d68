import { TableauError } from "../error";
import type { AnswerRecord } from "../host/host";
import type { RestartRequired, SeenDirectory, SeenNode, SeenPackage, StoredPackage } from "../plan/seen";

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
 * Reads the records of the observe script; pure.
 *
 * @throws TableauError host-answer-unreadable if the answer is not whole or does not add up.
 */
export function readObservation(name: string, records: readonly AnswerRecord[]): Observation {
  if (records.at(-1)?.[0] !== "end") throw unreadable(name, "the last record is missing");
  const runAs = readRunAs(records);
  const directories = records.filter(([key]) => key === "directory").map((record) => readDirectory(record, runAs, records));
  const files = directories.flatMap((directory) => readFiles(name, records, directory, runAs));
  const oldest = oldestProcess(records);
  const installed = field(records, "installed", 1);
  return {
    node: {
      name,
      directories,
      packages: [...files.filter(({ fileName }) => !isLeftover(fileName)), ...readFolders(records, directories, runAs)],
      stored: readStore(records),
      loadedSince: oldest?.start ?? null,
      oldestProcess: oldest === null ? null : `${field(records, "boot", 1) ?? ""} ${String(oldest.ticks)}`,
      ...(installed === null ? {} : { installedIn: installed }),
      leftovers: files.filter(({ fileName }) => isLeftover(fileName)).map(({ directory, fileName }) => ({ directory, fileName })),
    },
    user: field(records, "login", 1) ?? "",
    clock: Number(field(records, "clock", 1) ?? "0"),
    record: field(records, "record", 1),
    restartRequired: readRestartRequired(records),
    manifests: new Map(
      records
        .filter(([key]) => key === "folder")
        .map(([, directory, folder, , text]) => [`${directory ?? ""}/${folder ?? ""}`, text ?? ""]),
    ),
  };
}

interface RunAs {
  readonly user: string;
  readonly groups: readonly string[];
}

function readRunAs(records: readonly AnswerRecord[]): RunAs {
  return { user: field(records, "runas", 1) ?? "tableau", groups: (field(records, "runas", 2) ?? "").split(" ") };
}

function readDirectory(record: AnswerRecord, runAs: RunAs, records: readonly AnswerRecord[]): SeenDirectory {
  const [, path = "", status = "absent", parent = "", wouldBe = ""] = record;
  if (status === "absent") {
    return { path, exists: false, parentExists: parent !== "", traversable: false, ...(wouldBe === "" ? {} : { identity: wouldBe }) };
  }
  const [mode = "0", owner = "", group = "", identity] = status.split(" ");
  const about = (key: string): AnswerRecord | undefined => records.find((one) => one[0] === key && one[1] === path);
  const [, , placedAs] = about("works-as") ?? [];
  const [, , folder, whose = "", itsMode = ""] = about("unsafe") ?? [];
  const access = accessOf(records, path, "");
  return {
    path,
    exists: true,
    parentExists: true,
    ...(identity === undefined ? {} : { identity }),
    traversable: access?.readable ?? allows(mode, owner, group, runAs, 0o5),
    ...(access === undefined ? {} : { accessList: true }),
    ...(placedAs === undefined ? {} : { placedAs }),
    ...(folder === undefined ? {} : { unsafe: { folder, owner: whose, mode: itsMode } }),
  };
}

/** What has an access list is not judged by its mode. Where the run-as user could not be asked nothing is known, and nothing is made of it. */
function accessOf(records: readonly AnswerRecord[], directory: string, fileName: string): { readonly readable: boolean } | undefined {
  const found = records.find(([key, path, name]) => key === "access" && path === directory && name === fileName);
  return found === undefined ? undefined : { readable: found[3] !== "no" };
}

// The names, times and digests of a directory come as three lists in the same order.
function readFiles(node: string, records: readonly AnswerRecord[], directory: SeenDirectory, runAs: RunAs): SeenPackage[] {
  const of = (key: string): string[] => records.filter((one) => one[0] === key && one[1] === directory.path).map((one) => one[2] ?? "");
  const [names, stats, digests] = [of("name"), of("stat"), of("digest")];
  if (names.length !== stats.length || names.length !== digests.length) {
    throw unreadable(node, `${directory.path} changed while it was looked at`);
  }
  const links = new Map(
    records.filter(([key, path]) => key === "link" && path === directory.path).map(([, , fileName, at]) => [fileName, Number(at)]),
  );
  const readable = names.map((fileName, i) => {
    const file = readFile(directory, fileName, stats[i] ?? "", digests[i] ?? "", runAs);
    const linkedAt = links.get(fileName);
    return linkedAt === undefined
      ? withAccess(records, file)
      : { ...file, form: "link" as const, changedAt: Math.max(file.changedAt, linkedAt) };
  });
  const unreadableOnes = records
    .filter(([key, path]) => key === "unreadable" && path === directory.path)
    .map(([, , fileName, stat]) => readFile(directory, fileName ?? "", stat ?? "", null, runAs));
  return [...readable, ...unreadableOnes];
}

function withAccess(records: readonly AnswerRecord[], file: SeenPackage): SeenPackage {
  const access = accessOf(records, file.directory, file.fileName);
  return access === undefined ? file : { ...file, accessList: true, readable: access.readable };
}

function readFile(directory: SeenDirectory, fileName: string, stat: string, sha256: string | null, runAs: RunAs): SeenPackage {
  const [mode = "0", owner = "", group = "", , changedAt = "0", means] = stat.split(" ");
  return {
    directory: directory.path,
    fileName,
    form: "file",
    sha256,
    mode: mode.padStart(4, "0"),
    owner,
    group,
    changedAt: Number(changedAt),
    ...(means === "written" ? { changedAtMeans: "writing" as const } : {}),
    readable: directory.traversable && allows(mode, owner, group, runAs, 0o4),
    ...(directory.placedAs === undefined ? {} : { placedAs: directory.placedAs }),
  };
}

function readFolders(records: readonly AnswerRecord[], directories: readonly SeenDirectory[], runAs: RunAs): SeenPackage[] {
  return records.flatMap(([key, path, fileName, stat, , sha256 = "", closed = ""]) => {
    const directory = key === "folder" ? directories.find((one) => one.path === path) : undefined;
    if (directory === undefined) return [];
    const folder = readFile(directory, fileName ?? "", stat ?? "", sha256 === "" ? null : sha256, runAs);
    return [{ ...folder, form: "folder" as const, readable: folder.readable && closed === "" }];
  });
}

function oldestProcess(records: readonly AnswerRecord[]): { start: number; ticks: number } | null {
  const processes = records
    .filter(([key]) => key === "process")
    .map(([, , start, ticks]) => ({ start: Number(start), ticks: Number(ticks) }));
  return processes.reduce<{ start: number; ticks: number } | null>(
    (oldest, one) => (oldest === null || one.ticks < oldest.ticks ? one : oldest),
    null,
  );
}

function readStore(records: readonly AnswerRecord[]): StoredPackage[] {
  const verified = new Map(records.filter(([key]) => key === "verified").map(([, sha256, got]) => [sha256 ?? "", sha256 === got]));
  const described = records
    .filter(([key, , stat]) => key === "stored" && stat !== "")
    .map(([, sha256 = "", stat = "", pluginClass = "", pluginVersion = "", fileName = ""]) => {
      const [size = "0", storedAt = "0"] = stat.split(" ");
      return {
        sha256,
        intact: verified.get(sha256) ?? null,
        size: Number(size),
        storedAt: Number(storedAt),
        pluginClass,
        pluginVersion,
        fileName,
      };
    });
  // A package whose description is lost is still there.
  const named = new Set(described.map(({ sha256 }) => sha256));
  const bare = [...verified]
    .filter(([sha256]) => !named.has(sha256))
    .map(([sha256, intact]) => ({ sha256, intact, size: 0, storedAt: 0, pluginClass: "", pluginVersion: "", fileName: "" }));
  return [...described, ...bare];
}

function readRestartRequired(records: readonly AnswerRecord[]): RestartRequired | null {
  const since = field(records, "restart-required", 1);
  return since === null ? null : { since: Number(since), reason: (field(records, "restart-required", 2) ?? "").trim() };
}

function allows(mode: string, owner: string, group: string, runAs: RunAs, bits: number): boolean {
  const all = Number.parseInt(mode, 8);
  const shift = owner === runAs.user ? 6 : runAs.groups.includes(group) ? 3 : 0;
  return ((all >> shift) & bits) === bits;
}

function isLeftover(fileName: string): boolean {
  return fileName.startsWith(".pulumi-tableau.");
}

function field(records: readonly AnswerRecord[], key: string, index: number): string | null {
  return records.find(([one]) => one === key)?.[index] ?? null;
}

function unreadable(node: string, what: string): TableauError {
  return new TableauError("host-answer-unreadable", {
    node,
    message: `The look at this node gave no usable answer: ${what}.`,
    next: "Run the same command again.",
  });
}
