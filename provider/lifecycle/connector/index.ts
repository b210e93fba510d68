import { fetchTrust } from "../../deploy/fetch-trust";
import { describeConnector } from "../../plan/describe-connector";
import { firstReleaseThatVerifies } from "../../plan/releases";
import { commandTimeoutSeconds } from "../delivery/command-timeout";
import { deliverToAll } from "../delivery/deliver-to-all";
import { observeAll } from "../delivery/observe-all";
import { settleAll } from "../delivery/settle-all";
import { toHosts } from "../inputs/to-target";
import type { Lifecycle, Properties } from "../lifecycle";
import { readPackage } from "../package-source";
import type { Services } from "../services";
import { hasUnknown } from "../unknown";
import { approveOnHost } from "./approve-on-host";
import { checkConnector } from "./check";
import type { ConnectorProperties } from "./connector-inputs";

/** TableauConnector: this package, checked, lies ready in the store of every node. Nothing is live by that. */
export function connectorLifecycle(services: Services): Lifecycle {
  return {
    check: (olds, news) => checkConnector(services, olds, news),
    diff: (_id, olds, news) => {
      say(services, olds, news);
      return Promise.resolve({});
    },
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
    // Opens no connection: it would use old credentials, perhaps of dead nodes. The next activation cleans the store.
    delete: () => Promise.resolve(),
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
    __urn: urn,
  } = inputs as unknown as ConnectorProperties;
  const bytes = await readPackage(source, sha256, services.cacheDirectory);
  const parcel = { sha256, size: bytes.length, pluginClass, pluginVersion, fileName, bytes: () => Promise.resolve(bytes) };
  const hosts = toHosts(services.pool, inputs);
  if (requireSignature !== false) {
    await settleAll(
      hosts.map((host, index) =>
        approveOnHost(services, {
          host,
          node: server.nodes[index] ?? { name: host.node },
          fetchTrust: (known) => fetchTrust(host, known, commandTimeoutSeconds),
          product: "Tableau Server",
          release: server.version ?? null,
          verifiesFrom: firstReleaseThatVerifies,
          ...{ sha256, fileName, bytes, urn },
        }),
      ),
    );
  }
  await deliverToAll(services, inputs, parcel);
}

function say(services: Services, olds: Properties, news: Properties): void {
  if (hasUnknown(news)) return;
  const [there, wanted] = [olds, news].map((one) => {
    const properties = one as unknown as ConnectorProperties;
    return { ...properties, server: properties.server.name };
  });
  if (there === undefined || wanted === undefined) return;
  const sentence = describeConnector(there, wanted);
  if (sentence !== null) services.voice.say(String(news["__urn"]), sentence);
}
