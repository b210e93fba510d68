import { fetchTrust } from "../../actions/trust";
import { firstReleaseThatVerifies } from "../../plan/placement/releases";
import { isFolderName } from "../../plan/compare/wanted-files";
import { packFolder, readFolder } from "../package/folder-source";
import { commandTimeoutSeconds } from "../delivery/command-timeout";
import { connectAhead } from "../delivery/connect-ahead";
import { deliverToAll } from "../delivery/deliver-to-all";
import { observeAll } from "../delivery/observe-all";
import { settleAll } from "../delivery/settle-all";
import { toHosts } from "../inputs/to-target";
import type { Lifecycle, Properties } from "../lifecycle";
import { readPackage } from "../package/package-source";
import type { Services } from "../services";
import { approveOnHost } from "./approve-on-host";
import type { ConnectorProperties } from "./connector-inputs";

/** What a TableauConnector does on the nodes. */
export function connectorOnNodes(services: Services): Pick<Lifecycle, "create" | "read" | "update"> {
  return {
    create: async (inputs) => {
      const properties = inputs as unknown as ConnectorProperties;
      await deliverPackage(services, inputs);
      return { id: `${properties.server.name}/${properties.pluginClass}`, outs: inputs };
    },
    read: async (_id, olds) => {
      const delivered = await observeAll(services, olds, (olds as unknown as ConnectorProperties).sha256);
      return { outs: { ...olds, delivered }, inputs: { ...olds, delivered } };
    },
    update: async (_id, _olds, news) => {
      await deliverPackage(services, news);
      return { outs: news };
    },
  };
}

async function deliverPackage(services: Services, inputs: Properties): Promise<void> {
  const {
    server,
    source,
    sha256,
    pluginClass,
    pluginVersion,
    fileName,
    requireSignature,
    trustStore = null,
    __urn: urn,
  } = inputs as unknown as ConnectorProperties;
  if (isFolderName(fileName)) {
    const bytes = packFolder(await readFolder(source, sha256));
    const folder = { form: "folder", ...{ sha256, pluginClass, pluginVersion, fileName } } as const;
    return await deliverToAll(services, inputs, { ...folder, size: bytes.length, bytes: () => Promise.resolve(bytes) });
  }
  const hosts = toHosts(services.pool, inputs);
  connectAhead(hosts);
  const { bytes } = await readPackage(source, sha256, services.cacheDirectory, "package");
  const sent = { sha256, size: bytes.length, pluginClass, pluginVersion, fileName, bytes: () => Promise.resolve(bytes) };
  if (requireSignature !== false) {
    await settleAll(
      hosts.map((host, index) =>
        approveOnHost(services, {
          host,
          node: server.nodes[index] ?? { name: host.node },
          fetchTrust: (known) => fetchTrust(host, { known, tsmPath: server.tsm?.path ?? null, timeoutSeconds: commandTimeoutSeconds }),
          trustStore,
          storePlace: "documented",
          product: "Tableau Server",
          release: server.version ?? null,
          verifiesFrom: firstReleaseThatVerifies,
          ...{ sha256, fileName, bytes, urn },
        }),
      ),
    );
  }
  await deliverToAll(services, inputs, sent);
}
