import { connectAhead } from "../delivery/connect-ahead";
import { deliverToAll } from "../delivery/deliver-to-all";
import { observeAll } from "../delivery/observe-all";
import { toHosts } from "../inputs/to-target";
import type { OnNodes, Properties } from "../lifecycle";
import { readPackage } from "../package/package-source";
import type { Services } from "../services";
import { urnOf } from "../urn-of";
import { leftOnMachine, type DriverProperties } from "./driver-inputs";

/** A driver file lies ready in the store of every node. Nothing is live by that. */
export function driverOnServer(services: Services): OnNodes {
  return {
    create: async (inputs) => {
      const { server, fileName } = inputs as unknown as DriverProperties;
      await deliverDriver(services, inputs);
      return { id: `${server.name}/${fileName}`, outs: inputs };
    },
    read: async (_id, olds) => {
      const delivered = await observeAll(services, olds, (olds as unknown as DriverProperties).sha256);
      return { outs: { ...olds, delivered }, inputs: { ...olds, delivered } };
    },
    update: async (_id, olds, news) => {
      await deliverDriver(services, news);
      const left = leftOnMachine(olds);
      if (left !== null) {
        services.voice.warn(urnOf(news), `${left.machine.name} is not contacted any more: ${left.folder}/${left.fileName} stays there.`);
      }
      return { outs: news };
    },
    // Opens no connection: it would use old credentials, perhaps of dead nodes. The next activation cleans the store.
    delete: () => Promise.resolve(),
  };
}

async function deliverDriver(services: Services, inputs: Properties): Promise<void> {
  const { source, sha256, fileName } = inputs as unknown as DriverProperties;
  connectAhead(toHosts(services.pool, inputs));
  const { bytes } = await readPackage(source, sha256, services.cacheDirectory, "driver");
  const sent = { sha256, size: bytes.length, pluginClass: "driver", pluginVersion: "", fileName, bytes: () => Promise.resolve(bytes) };
  await deliverToAll(services, inputs, sent);
}
