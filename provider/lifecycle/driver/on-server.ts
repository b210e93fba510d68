import { connectAhead } from "../delivery/connect-ahead";
import { deliverToAll } from "../delivery/deliver-to-all";
import { observeAll } from "../delivery/observe-all";
import { driverOnServer as table, type DriverOnServer } from "../../schema/driver";
import { parse } from "../../schema/read";
import type { OnNodes } from "../lifecycle";
import { toHosts } from "../server/to-target";
import { readPackage } from "../package/package-source";
import type { Services } from "../services";
import { urnOf } from "../urn-of";
import { leftOnMachine } from "./tell-driver";

/** A driver file lies ready in the store of every node. Nothing is live by that. */
export function driverOnServer(services: Services): OnNodes {
  return {
    create: async (inputs) => {
      const driver = parse(table, inputs);
      await deliverDriver(services, driver);
      return { id: `${driver.server.name}/${driver.fileName}`, outs: inputs };
    },
    read: async (_id, olds) => {
      const delivered = await observeAll(services, parse(table, olds));
      return { outs: { ...olds, delivered }, inputs: { ...olds, delivered } };
    },
    update: async (_id, olds, news) => {
      await deliverDriver(services, parse(table, news));
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

async function deliverDriver(services: Services, driver: DriverOnServer): Promise<void> {
  const { source, sha256, fileName } = driver;
  connectAhead(toHosts(services.pool, driver));
  const { bytes } = await readPackage(source, sha256, services.cacheDirectory, "driver");
  const sent = { sha256, size: bytes.length, pluginClass: "driver", pluginVersion: "", fileName, bytes: () => Promise.resolve(bytes) };
  await deliverToAll(services, driver, sent);
}
