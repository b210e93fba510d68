import { isAtLeast } from "../release";

export const sharedFolder = "/opt/tableau/connectors";
export const serviceData = "/var/opt/tableau/tableau_server/data/tabsvc";

/** A server process that loads connectors, and the "repository" folder of its own that it reads. */
export interface LoadingProcess {
  readonly name: string;
  readonly ownFolder: string;
  /** Whether `native_api.connect_plugins_path` reaches it; it is not said to for Prep's. */
  readonly readsPluginsPath: "yes" | "no";
}

/** The processes that load connectors on a node of this release. */
export function loadingProcesses(release: string, prefix: string): LoadingProcess[] {
  const native = (name: string): LoadingProcess => ({
    name,
    ownFolder: `${prefix}${serviceData}/${name}/Connectors`,
    readsPluginsPath: "yes",
  });
  const processes = [native("vizqlserver"), native("backgrounder"), native("dataserver"), prepProcess("flowprocessor", prefix)];
  return isAtLeast(release, "2020.4") ? [...processes, prepProcess("flowqueryservice", prefix)] : processes;
}

/** A process of Tableau Prep, which the path key does not reach. */
export function prepProcess(name: string, prefix: string): LoadingProcess {
  return { name, ownFolder: `${prefix}${serviceData}/${name}/Connectors`, readsPluginsPath: "no" };
}

export interface FolderOptions {
  readonly release: string;
  /** What stands before `/opt` and `/var` in the node's paths: "" but for a node without a namespace. */
  readonly prefix: string;
  /** Applied value of `native_api.connect_plugins_path`. */
  readonly pluginsPath: string | undefined;
}

/**
 * The folders a process reads, in their order of priority.
 * https://tableau.github.io/connector-plugin-sdk/docs/run-taco
 */
export function foldersOf(process: LoadingProcess, { release, prefix, pluginsPath }: FolderOptions): string[] {
  const folders = isAtLeast(release, "2021.2") ? [prefix + sharedFolder] : [];
  if (isAtLeast(release, "2019.4")) folders.push(process.ownFolder);
  if (process.readsPluginsPath === "yes" && pluginsPath !== undefined && pluginsPath !== "") folders.push(withoutSlash(pluginsPath));
  return [...new Set(folders)];
}

/** Every folder from which some process may read. */
export function connectorFolders({ release, prefix, pluginsPath }: FolderOptions): string[] {
  const processes = [...loadingProcesses(release, prefix), prepProcess("flowminerva", prefix)];
  const own = processes.map((process) => process.ownFolder);
  const named = pluginsPath === undefined || pluginsPath === "" ? [] : [withoutSlash(pluginsPath)];
  return [...new Set([prefix + sharedFolder, ...own, ...named])];
}

function withoutSlash(folder: string): string {
  return folder.replace(/(?<=.)\/+$/, "");
}
