import { existsSync } from "node:fs";
import { join } from "node:path";
import type { LoadedConnector, RejectedConnector } from "../cluster-state";
import type { Switches } from "../switches";
import { foldersOf, loadingProcesses, prepProcess, withoutSlash, type LoadingProcess } from "./folders";
import type { Places } from "./places";
import { describeLoaded, registerFrom, type Candidate, type FolderRules, type VerifyPackage } from "./load-folders";
import type { RunAsUser } from "./run-as-access";

export interface LoadOptions {
  readonly node: string;
  /** Where the node's `/` is on this machine. */
  readonly root: string;
  readonly places: Places;
  readonly release: string;
  readonly pluginsPath: string | undefined;
  /** Gives a folder the name that the disk has, where case does not count. Default: as it is. */
  readonly settledPath?: (folder: string) => string;
  readonly verification: "on" | "off";
  readonly runAs: RunAsUser;
  readonly folderOrder: Switches["folderOrder"];
  readonly unpackedFolders: Switches["unpackedFolders"];
  readonly verifyPackage: VerifyPackage | undefined;
}

export interface LoadResult {
  readonly loaded: LoadedConnector[];
  readonly rejected: RejectedConnector[];
}

/** What the server's processes on one node load at a start. */
export async function loadConnectors(options: LoadOptions): Promise<LoadResult> {
  const { node, root, places } = options;
  const rules: FolderRules = {
    ...options,
    verifiesFrom: "2020.1",
    trustStore: join(root, places.trustStore),
    readsUnpacked: (folder) => readsUnpacked(folder, options),
  };
  const rejected: RejectedConnector[] = [];
  const byFile = new Map<string, { candidate: Candidate; processes: string[] }>();
  for (const process of processesOf(options)) {
    const folders = foldersOf(process, options).map((folder) => options.settledPath?.(folder) ?? folder);
    const found = await registerFrom([...new Set(folders)], rules);
    for (const one of found.rejected) rejected.push({ node, process: process.name, ...one });
    for (const candidate of found.registered) {
      const entry = byFile.get(candidate.file) ?? { candidate, processes: [] };
      entry.processes.push(process.name);
      byFile.set(candidate.file, entry);
    }
  }
  const loaded = await Promise.all([...byFile.values()].map(({ candidate, processes }) => describeLoaded(candidate, processes, rules)));
  return { loaded, rejected };
}

// Flow web authoring runs as one service or the other, which no source ties to a release: the node's folders tell.
function processesOf({ release, places, root }: LoadOptions): LoadingProcess[] {
  const processes = loadingProcesses(release, places);
  const has = existsSync(join(root, places.serviceData, "flowminerva"));
  return has ? [...processes, prepProcess("flowminerva", places.serviceData)] : processes;
}

function readsUnpacked(folder: string, { pluginsPath, places, unpackedFolders, settledPath }: LoadOptions): boolean {
  const named = pluginsPath === undefined ? undefined : withoutSlash(pluginsPath);
  const byPath = named !== undefined && folder === (settledPath?.(named) ?? named);
  return byPath || unpackedFolders === "everywhere" || (unpackedFolders === "path-and-shared" && folder === places.connectors);
}
