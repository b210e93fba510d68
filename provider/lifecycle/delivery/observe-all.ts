import { observeStore } from "../../actions/observe";
import type { ServerInputs } from "../inputs/server-inputs";
import { stateDirectory } from "../inputs/server-places";
import { toHosts } from "../inputs/to-target";
import type { Properties } from "../lifecycle";
import type { Services } from "../services";
import { commandTimeoutSeconds } from "./command-timeout";

/** By node: what the store holds in place of a digest. */
export async function observeAll(services: Services, properties: Properties, sha256: string): Promise<Record<string, string>> {
  const directory = stateDirectory(properties["server"] as ServerInputs);
  const seen = await Promise.all(
    toHosts(services.pool, properties).map(
      async (host) => [host.node, await observeStore(host, sha256, directory, commandTimeoutSeconds)] as const,
    ),
  );
  return Object.fromEntries(seen);
}
