import { fetchTrust } from "../../actions/trust";
import type { Target } from "../../activation/target";
import type { NodeInputs } from "../../schema/server";
import type { TrustCache } from "./trust-cache";

/** Fetches the trust store of every node into the user's cache, and gives the paths of the copies; null: a node has none. */
export async function keepTrust(
  target: Target,
  nodes: readonly NodeInputs[],
  cache: TrustCache,
): Promise<ReadonlyMap<string, string | null>> {
  const kept = await Promise.all(
    target.hosts.map(async (host): Promise<[string, string | null]> => {
      const node = nodes.find(({ name }) => name === host.node);
      if (node === undefined) return [host.node, null];
      const question = { known: cache.digest(node), tsmPath: target.tsmPath, timeoutSeconds: target.timeouts.command };
      const found = await fetchTrust(host, question);
      if ("lookedFor" in found) return [host.node, null];
      await cache.keep(node, found);
      return [host.node, cache.path(node)];
    }),
  );
  return new Map(kept);
}
