import type { Cluster } from "../../../simulator";

/** The `cacerts` of a node's JRE, of the release in use or of another build, as a path on this machine. */
export function trustStoreOf(cluster: Cluster, node: string, build?: string): string {
  const { trustStore } = cluster.paths;
  return cluster.nodePath(node, build === undefined ? trustStore : trustStore.replace(/repository\.[^/]*/, `repository.${build}`));
}
