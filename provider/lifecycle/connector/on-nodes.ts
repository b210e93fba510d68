import { fetchTrust } from "../../actions/trust";
import { firstReleaseThatVerifies } from "../../plan/placement/releases";
import { isFolderName } from "../../plan/compare/wanted-files";
import { packFolder, readFolder } from "../package/folder-source";
import { commandTimeoutSeconds } from "../delivery/command-timeout";
import { connectAhead } from "../delivery/connect-ahead";
import { deliverToAll } from "../delivery/deliver-to-all";
import { observeAll } from "../delivery/observe-all";
import { settleAll } from "../delivery/settle-all";
import { connector, type ConnectorInputs } from "../../schema/connector";
import { parse } from "../../schema/read";
import type { Lifecycle } from "../lifecycle";
import { toHosts } from "../server/to-target";
import { readPackage } from "../package/package-source";
import type { Services } from "../services";
import { approveOnHost } from "./approve-on-host";

/** What a TableauConnector does on the nodes. */
export function connectorOnNodes(services: Services): Pick<Lifecycle, "create" | "read" | "update"> {
  return {
    create: async (inputs) => {
      const properties = parse(connector.inputs, inputs);
      await deliverPackage(services, properties);
      return { id: `${properties.server.name}/${properties.pluginClass}`, outs: inputs };
    },
    read: async (_id, olds) => {
      const delivered = await observeAll(services, parse(connector.inputs, olds));
      return { outs: { ...olds, delivered }, inputs: { ...olds, delivered } };
    },
    update: async (_id, _olds, news) => {
      await deliverPackage(services, parse(connector.inputs, news));
      return { outs: news };
    },
  };
}

async function deliverPackage(services: Services, inputs: ConnectorInputs): Promise<void> {
  const { server, source, sha256, pluginClass, pluginVersion, fileName, requireSignature, trustStore = null, __urn: urn } = inputs;
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
          certificates: (inputs.trust ?? []).flatMap(({ pem }) => pem ?? []),
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
