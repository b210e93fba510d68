import { samePath } from "../../vocabulary/node-path";
import { isAtLeast } from "../../vocabulary/version";
import { layoutAt } from "./layout";
import { firstReleaseWithPackages, readsByItself } from "./releases";

/** A server process that loads connectors. */
export interface LoadingProcess {
  readonly name: string;
  /** Whether `native_api.connect_plugins_path` reaches it: Tableau's documents name no such way into the processes of Prep. */
  readonly readsPluginsPath: "yes" | "no";
}

const native = ["vizqlserver", "backgrounder", "dataserver"];
const prep = ["flowprocessor", "flowqueryservice", "flowminerva"];

/**
 * Every process that loads connectors, in any release.
 *
 * @see https://tableau.github.io/connector-plugin-sdk/docs/run-taco
 * @see https://github.com/tableau/connector-plugin-sdk/issues/517
 */
export const loadingProcesses: readonly LoadingProcess[] = [...native, ...prep].map((name) => ({
  name,
  readsPluginsPath: native.includes(name) ? "yes" : "no",
}));

/** Folders that single processes read, from 2019.4 on, on the nodes that a path is of. */
export function ownDirectories(path: string): readonly string[] {
  return loadingProcesses.map((process) => ownDirectory(process, path));
}

/** Those of them that Tableau's documents tell people to put connectors into. */
export function perProcessDirectories(path: string): readonly string[] {
  return ownDirectories(path).filter((directory) => !directory.includes("/backgrounder/") && !directory.includes("/dataserver/"));
}

/** Name of the process that alone reads a directory; null: it is no process's own. */
export function processOf(directory: string): string | null {
  return loadingProcesses.find((process) => samePath(ownDirectory(process, directory), directory))?.name ?? null;
}

function ownDirectory({ name }: LoadingProcess, path: string): string {
  return `${layoutAt(path).processes}/${name}/Connectors`;
}

/** What decides where a process looks. */
export interface LoadOrder {
  readonly release: string;
  /** Value of `native_api.connect_plugins_path`; null: not set. */
  readonly pluginsPath: string | null;
}

/** Where in its load order a process reads a directory, or null if it does not. Lower is earlier. */
export function loadRank(process: LoadingProcess, directory: string, { release, pluginsPath }: LoadOrder): number | null {
  if (readsByItself(release, directory)) return 2;
  if (samePath(directory, ownDirectory(process, directory)) && isAtLeast(release, firstReleaseWithPackages)) return 3;
  const byPath = process.readsPluginsPath === "yes" && pluginsPath !== null && samePath(directory, pluginsPath);
  return byPath ? 4 : null;
}

/** Whether any process reads a directory. */
export function isRead(directory: string, order: LoadOrder): boolean {
  return loadingProcesses.some((process) => loadRank(process, directory, order) !== null);
}
