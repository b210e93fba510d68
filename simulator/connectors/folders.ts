import { isAtLeast } from "../release";
import type { Places } from "./places";

export const sharedFolder = "/opt/tableau/connectors";

/** A server process that loads connectors, and the "repository" folder of its own that it reads. */
export interface LoadingProcess {
  readonly name: string;
  readonly ownFolder: string;
  /** Whether `native_api.connect_plugins_path` reaches it; it is not said to for Prep's. */
  readonly readsPluginsPath: "yes" | "no";
}

/** The processes that load connectors on a node of this release. */
export function loadingProcesses(release: string, { serviceData: data }: Pick<Places, "serviceData">): LoadingProcess[] {
  const native = (name: string): LoadingProcess => ({
    name,
    ownFolder: `${data}/${name}/Connectors`,
    readsPluginsPath: "yes",
  });
  const processes = [native("vizqlserver"), native("backgrounder"), native("dataserver"), prepProcess("flowprocessor", data)];
  return isAtLeast(release, "2020.4") ? [...processes, prepProcess("flowqueryservice", data)] : processes;
}

/** A process of Tableau Prep, which the path key does not reach. */
export function prepProcess(name: string, data: string): LoadingProcess {
  return { name, ownFolder: `${data}/${name}/Connectors`, readsPluginsPath: "no" };
}

export interface FolderOptions {
  readonly release: string;
  readonly places: Places;
  /** Applied value of `native_api.connect_plugins_path`. */
  readonly pluginsPath: string | undefined;
}

/**
 * The folders a process reads, in their order of priority.
 * https://tableau.github.io/connector-plugin-sdk/docs/run-taco
 */
export function foldersOf(process: LoadingProcess, { release, places, pluginsPath }: FolderOptions): string[] {
  const folders = isAtLeast(release, "2021.2") ? [places.connectors] : [];
  if (isAtLeast(release, "2019.4")) folders.push(process.ownFolder);
  if (process.readsPluginsPath === "yes" && pluginsPath !== undefined && pluginsPath !== "") folders.push(withoutSlash(pluginsPath));
  return [...new Set(folders)];
}

/** Every folder from which some process may read. */
export function connectorFolders({ release, places, pluginsPath }: FolderOptions): string[] {
  const processes = [...loadingProcesses(release, places), prepProcess("flowminerva", places.serviceData)];
  const own = processes.map((process) => process.ownFolder);
  const named = pluginsPath === undefined || pluginsPath === "" ? [] : [withoutSlash(pluginsPath)];
  return [...new Set([places.connectors, ...own, ...named])];
}

export function withoutSlash(folder: string): string {
  let end = folder.length;
  while (end > 1 && folder[end - 1] === "/") end -= 1;
  return folder.slice(0, end);
}
