import type { AnswerLine } from "../../host/host";
import type { FolderEntry } from "../../host/windows/files";
import type { WindowsTask } from "../../host/windows/task";
import { longestRecord } from "../record/parse-record";
import { inBatches } from "../files/windows/in-batches";
import type { ObserveQuestion } from "./reply";
import { observeFolder } from "./windows-folder";
import { treeDigests } from "../files/windows/trees";
import { foldPath } from "../../vocabulary/node-path";
import { windowsLayout } from "../../plan/placement/layout";
import { wallClock } from "../../vocabulary/wall-clock";

const names = ["vizqlserver", "backgrounder", "dataserver", "vizportal", "tabprotosrv", "flowprocessor", "flowqueryservice", "flowminerva"];

const ofTableau = /[\\/]tabsvc[\\/](?:vizqlserver|backgrounder|dataserver|vizportal|flow)/i;

interface ObserveArguments extends ObserveQuestion {
  readonly stateDirectory: string;
}

/**
 * Looks at one node and changes nothing. Windows has no modes, and SFTP no owners: every file is told as one that everybody can read
 * and that belongs to the login user.
 */
export async function onWindows({ stateDirectory, digests, directories }: ObserveArguments, task: WindowsTask): Promise<void> {
  const { machine, emit } = task;
  const user = (machine.environment("USERNAME") ?? "login").replaceAll(" ", "_");
  // Windows derives the time of the last boot from its clock, so that it wanders; starts of processes stay.
  emit("boot", "");
  emit("login", user);
  emit("runas", user, "");
  const installed = machine.environment("TABLEAU_SERVER_INSTALL_DIR");
  if (installed !== undefined) emit("installed", installed);
  const [ofFolders] = await Promise.all([
    Promise.all(directories.map((folder) => recordsOf(task, (quiet) => observeFolder(quiet, folder, user, stateDirectory)))),
    emitProcesses(task),
    observeData(task),
    observeStore(task, stateDirectory, digests),
    observeRecord(task, stateDirectory),
  ]);
  for (const record of ofFolders.flat()) emit(...record);
  emit("end");
}

// Folders are looked at all at the same time, and told in their order.
async function recordsOf(task: WindowsTask, look: (quiet: WindowsTask) => Promise<void>): Promise<AnswerLine[]> {
  const records: AnswerLine[] = [];
  await look({ ...task, emit: (...record) => void records.push(record) });
  return records;
}

async function observeStore({ machine, emit }: WindowsTask, state: string, wanted: readonly string[]): Promise<void> {
  const store = `${state}/store`;
  const stored = ((await machine.files.list(store)) ?? []).filter(({ name }) => /^[0-9a-f]{64}$/.test(name));
  const asked = stored.filter(({ name }) => wanted.includes(name));
  const pathsOf = (wantedKind: FolderEntry["kind"]): string[] =>
    asked.filter(({ kind }) => kind === wantedKind).map(({ name }) => `${store}/${name}`);
  const [ofFiles, ofFolders, descriptions] = await Promise.all([
    machine.digests(pathsOf("file")),
    treeDigests(machine, pathsOf("folder")),
    inBatches(stored, async ({ name }) => (await machine.files.read(`${store}/${name}.info`, 4096))?.toString("utf8") ?? ""),
  ]);
  const got = { file: [...ofFiles], folder: [...ofFolders], other: [] };
  for (const { name, kind } of asked) emit("verified", name, got[kind].shift() ?? "");
  for (const [i, entry] of stored.entries()) emitStored({ emit }, entry, descriptions[i] ?? "");
}

function emitStored({ emit }: Pick<WindowsTask, "emit">, { name, size, writtenAt }: FolderEntry, description: string): void {
  const [pluginClass = "", version = "", fileName = ""] = description.split(/\r?\n/);
  emit("stored", name, `${String(size)} ${String(writtenAt)}`, pluginClass, version, fileName);
}

async function observeRecord({ machine, emit }: WindowsTask, state: string): Promise<void> {
  const note = `${state}/restart-required`;
  const [record, reason, stat] = await Promise.all([
    machine.files.read(`${state}/record.json`, longestRecord + 1),
    machine.files.read(note, 4096),
    machine.files.stat(note),
  ]);
  if (record !== null) emit("record", record.toString("utf8"));
  // SFTP cuts the time to whole seconds: processes that started within that second are not taken for younger than the note.
  if (reason !== null) emit("restart-required", String((stat?.writtenAt ?? 0) + 0.999), reason.toString("utf8"));
}

/** Tells where the server's processes have their folders, if that is not where they usually are, and whether connectors lie there. */
async function observeData({ machine, emit }: WindowsTask): Promise<void> {
  const given = machine.environment("TABLEAU_SERVER_DATA_DIR");
  if (given === undefined) return;
  const name = machine.environment("TABLEAU_SERVER_CONFIG_NAME") ?? "tabsvc";
  const folder = `${given.replaceAll("\\", "/").replace(/\/$/, "")}/data/${name}`;
  if (foldPath(folder) === foldPath(windowsLayout.processes)) return;
  const processes = await machine.files.list(folder);
  if (processes === null) return;
  const lists = await Promise.all(
    processes.filter(({ kind }) => kind === "folder").map(({ name: of }) => machine.files.list(`${folder}/${of}/Connectors`)),
  );
  const some = lists.some((entries) => entries?.some((entry) => entry.kind === "folder" || /\.taco$/i.test(entry.name)));
  emit("processes", folder, some ? "some" : "none");
}

/**
 * Tells the node's clock and the processes that load connectors. Where PowerShell does not answer none are seen, and this
 * machine's clock stands in for the node's.
 */
async function emitProcesses({ machine, emit }: WindowsTask): Promise<void> {
  const seen = await machine.processes([...names, "java"].map((name) => `${name}.exe`));
  emit("clock", (seen?.clock ?? wallClock().getTime() / 1000).toFixed(3), "");
  for (const { name, startedAt, commandLine } of seen?.processes ?? []) {
    const program = name.replace(/\.exe$/i, "").toLowerCase();
    if (program === "java" && !ofTableau.test(commandLine)) continue;
    emit("process", program, (startedAt / 1e6).toFixed(3), String(startedAt));
  }
}
