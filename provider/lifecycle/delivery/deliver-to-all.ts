import { deliverPackage, type Package } from "../../actions/deliver";
import type { OnServer } from "../../schema/server";
import { stateDirectory } from "../server/server-places";
import { toHosts } from "../server/to-target";
import type { Services } from "../services";
import { commandTimeoutSeconds } from "./command-timeout";
import { settleAll } from "./settle-all";

/** Puts a package into the store of every node of a resource's server, and tells of each. */
export async function deliverToAll(services: Services, inputs: OnServer & { readonly __urn: string }, sent: Package): Promise<void> {
  const directory = stateDirectory(inputs.server);
  await settleAll(
    toHosts(services.pool, inputs).map(async (host) => {
      const travelled = await deliverPackage(host, sent, directory, commandTimeoutSeconds);
      services.voice.progress(
        inputs.__urn,
        `[${host.node}] ${travelled ? "delivered" : "has"} ${sent.fileName} (${size(sent.size)}, sha256 ${sent.sha256.slice(0, 8)})`,
      );
    }),
  );
}

function size(bytes: number): string {
  if (bytes < 1024) return `${String(bytes)} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
