import { observeStore } from "../../actions/observe";
import type { OnServer } from "../../schema/server";
import { stateDirectory } from "../server/server-places";
import { toHosts } from "../server/to-target";
import type { Services } from "../services";
import { commandTimeoutSeconds } from "./command-timeout";

/** By node: what the store holds in place of a digest. */
export async function observeAll(services: Services, properties: OnServer & { readonly sha256: string }): Promise<Record<string, string>> {
  const directory = stateDirectory(properties.server);
  const seen = await Promise.all(
    toHosts(services.pool, properties).map(
      async (host) => [host.node, await observeStore(host, properties.sha256, directory, commandTimeoutSeconds)] as const,
    ),
  );
  return Object.fromEntries(seen);
}
