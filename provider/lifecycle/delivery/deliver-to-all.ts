import { deliverPackage, type Package } from "../../actions/deliver";
import { stateDirectory } from "../inputs/server-places";
import { toHosts } from "../inputs/to-target";
import type { ServerInputs } from "../inputs/server-inputs";
import type { Properties } from "../lifecycle";
import type { Services } from "../services";
import { urnOf } from "../urn-of";
import { commandTimeoutSeconds } from "./command-timeout";
import { settleAll } from "./settle-all";

/** Puts a package into the store of every node of a resource's server, and tells of each. */
export async function deliverToAll(services: Services, inputs: Properties, sent: Package): Promise<void> {
  const directory = stateDirectory(inputs["server"] as ServerInputs);
  await settleAll(
    toHosts(services.pool, inputs).map(async (host) => {
      const travelled = await deliverPackage(host, sent, directory, commandTimeoutSeconds);
      services.voice.progress(
        urnOf(inputs),
        `[${host.node}] ${travelled ? "delivered" : "has"} ${sent.fileName} (${size(sent.size)}, sha256 ${sent.sha256.slice(0, 8)})`,
      );
    }),
  );
}

function size(bytes: number): string {
  if (bytes < 1024) return `${String(bytes)} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
