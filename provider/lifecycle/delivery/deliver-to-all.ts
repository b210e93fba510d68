import { deliverPackage, type Package } from "../../actions/deliver";
import { isDriverName } from "../../plan/compare/wanted-files";
import { perProcessDirectories } from "../../plan/placement/load-order";
import type { OnServer } from "../../schema/server";
import { driversDirectoryOf, placeOf, stateDirectory } from "../server/server-places";
import { toHosts } from "../server/to-target";
import type { Services } from "../services";
import { commandTimeoutSeconds } from "./command-timeout";
import { settleAll } from "./settle-all";

/** Puts a package into the store of every node of a resource's server, and tells of each. */
export async function deliverToAll(services: Services, inputs: OnServer & { readonly __urn: string }, sent: Package): Promise<void> {
  const directory = stateDirectory(inputs.server);
  const live = { live: `${liveDirectoryOf(inputs.server, sent.fileName)}/${sent.fileName}` };
  await settleAll(
    toHosts(services.pool, inputs).map(async (host) => {
      const travelled = await deliverPackage(host, { ...sent, ...live }, directory, commandTimeoutSeconds);
      services.voice.progress(
        inputs.__urn,
        `[${host.node}] ${travelled ? "delivered" : "has"} ${sent.fileName} (${size(sent.size)}, sha256 ${sent.sha256.slice(0, 8)})`,
      );
    }),
  );
}

// Where a server that was set up by hand has it, as a rule: in that of its places that every node has.
function liveDirectoryOf(server: OnServer["server"], fileName: string): string {
  if (isDriverName(fileName)) return driversDirectoryOf(server);
  const { placement, directory } = placeOf(server);
  return placement === "perProcess" ? (perProcessDirectories(directory)[0] ?? directory) : directory;
}

function size(bytes: number): string {
  if (bytes < 1024) return `${String(bytes)} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
