import { loadConnectors } from "./connectors/load-connectors";
import type { VerifyPackage } from "./connectors/load-folders";
import { connectorSettings } from "./controller/keys";
import type { Machinery } from "./controller/server";
import type { AnyNode } from "./nodes/any-node";
import { WindowsNode } from "./windows/windows-node";
import type { SavedCluster } from "./saved-cluster";

export interface MachineryParts {
  readonly nodes: readonly AnyNode[];
  readonly dead: ReadonlySet<string>;
  readonly saved: SavedCluster;
  readonly verifyPackage: VerifyPackage | undefined;
}

/** The server's processes on all nodes that are alive. */
export function machinery({ nodes, dead, saved, verifyPackage }: MachineryParts): Machinery {
  const alive = (): AnyNode[] => nodes.filter((node) => !dead.has(node.name));
  return {
    startAll: async () => {
      await Promise.all(alive().map((node) => node.startServers()));
    },
    stopAll: async () => {
      await Promise.all(alive().map((node) => node.stopServers()));
    },
    load: async (applied) => {
      const results = await Promise.all(
        alive().map(async (node) => {
          const { pluginsPath, verification } = connectorSettings(applied);
          const result = await loadConnectors({
            pluginsPath: pluginsPath === undefined ? undefined : node.settledPath(pluginsPath),
            verification,
            node: node.name,
            root: node.fileRoot,
            places: node.places,
            settledPath: (folder) => node.settledPath(folder),
            release: saved.version,
            runAs: node.runAs,
            folderOrder: saved.switches.folderOrder,
            unpackedFolders: saved.switches.unpackedFolders,
            verifyPackage,
          });
          if (node instanceof WindowsNode) node.hold(result.loaded.map(({ file }) => file));
          return result;
        }),
      );
      return { loaded: results.flatMap((result) => result.loaded), rejected: results.flatMap((result) => result.rejected) };
    },
    breakOne: async () => {
      const node = alive().at(-1) ?? nodes[0];
      await node?.stopServers(["vizqlserver"]);
      return { node: node?.name ?? "", process: "vizqlserver" };
    },
  };
}
