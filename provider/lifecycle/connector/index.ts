import { deliver } from "../../deploy/deliver";
import { fetchTrust } from "../../deploy/fetch-trust";
import { observeStore } from "../../deploy/observe-store";
import { describeConnector } from "../../plan/describe-connector";
import { firstReleaseThatVerifies } from "../../plan/releases";
import { stateDirectory, toHosts } from "../inputs/to-target";
import type { Lifecycle, Properties } from "../lifecycle";
import { readPackage } from "../package-source";
import type { Services } from "../services";
import { hasUnknown } from "../unknown";
import { approveOnHost } from "./approve-on-host";
import { checkConnector } from "./check";
import type { ConnectorProperties } from "./connector-inputs";

const commandTimeoutSeconds = 600;

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
      await deliverToAll(services, inputs);
      return { id: `${properties.server.name}/${properties.pluginClass}`, outs: inputs };
    },
    read: async (_id, olds) => {
      const delivered = await observeAll(services, olds);
      return { outs: { ...olds, delivered }, inputs: { ...olds, delivered } };
    },
    update: async (_id, _olds, news) => {
      await deliverToAll(services, news);
      return { outs: news };
    },
    // Opens no connection: it would use old credentials, perhaps of dead nodes. The next activation cleans the store.
    delete: () => Promise.resolve(),
  };
}

async function deliverToAll(services: Services, inputs: Properties): Promise<void> {
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
  await settleAll(
    hosts.map(async (host) => {
      const travelled = await deliver(host, parcel, stateDirectory(server), commandTimeoutSeconds);
      services.voice.progress(
        urn,
        `[${host.node}] ${travelled ? "delivered" : "has"} ${fileName} (${size(bytes.length)}, sha256 ${sha256.slice(0, 8)})`,
      );
    }),
  );
}

// Every node is waited for, and every failure is told.
async function settleAll(work: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
  const [first, ...others] = reasons;
  if (first === undefined) return;
  if (others.length === 0 && first instanceof Error) throw first;
  throw new AggregateError(reasons, reasons.map((reason) => (reason instanceof Error ? reason.message : String(reason))).join("\n  "));
}

async function observeAll(services: Services, olds: Properties): Promise<Record<string, string>> {
  const { server, sha256 } = olds as unknown as ConnectorProperties;
  const seen = await Promise.all(
    toHosts(services.pool, olds).map(
      async (host) => [host.node, await observeStore(host, sha256, stateDirectory(server), commandTimeoutSeconds)] as const,
    ),
  );
  return Object.fromEntries(seen);
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

function size(bytes: number): string {
  return bytes < 1024
    ? `${String(bytes)} B`
    : bytes < 1024 * 1024
      ? `${(bytes / 1024).toFixed(1)} KB`
      : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
