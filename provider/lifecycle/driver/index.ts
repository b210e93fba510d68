import { Declared } from "../declared";
import type { Lifecycle, OnNodes, Properties } from "../lifecycle";
import type { Services } from "../services";
import { urnOf } from "../urn-of";
import { whenNeeded } from "../when-needed";
import { checkDriver } from "./check";
import type * as OnMachine from "./on-machine";
import type * as OnServer from "./on-server";
import { isOnMachine, tellDriver } from "./tell-driver";

/** TableauDriver: ready in the store of every node of a server, or among the drivers of a product on one machine. */
export function driverLifecycle(services: Services): Lifecycle {
  const declared = new Declared();
  /* eslint-disable @typescript-eslint/no-require-imports -- a preview touches no node and loads nothing of it */
  const onServer = whenNeeded(() => (require("./on-server") as typeof OnServer).driverOnServer(services));
  const onMachine = whenNeeded(() => (require("./on-machine") as typeof OnMachine).driverOnMachine(services));
  /* eslint-enable @typescript-eslint/no-require-imports */
  const of = (properties: Properties): OnNodes => (isOnMachine(properties) ? onMachine : onServer);
  return {
    check: (olds, news) => checkDriver(services, declared, olds, news),
    diff: (_id, olds, news) => {
      const sentence = tellDriver(olds, news);
      if (sentence !== null) services.voice.say(urnOf(news), sentence);
      return Promise.resolve({});
    },
    create: (inputs) => of(inputs).create(inputs),
    read: (id, olds) => of(olds).read(id, olds),
    update: (id, olds, news) => of(news).update(id, olds, news),
    delete: (id, olds) => of(olds).delete(id, olds),
  };
}
