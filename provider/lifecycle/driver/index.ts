import type { Lifecycle, Properties } from "../lifecycle";
import type { Services } from "../services";
import { checkDriver } from "./check";
import { isOnMachine } from "./driver-inputs";
import { driverOnMachine } from "./on-machine";
import { driverOnServer } from "./on-server";

/** TableauDriver: ready in the store of every node of a server, or among the drivers of a product on one machine. */
export function driverLifecycle(services: Services): Lifecycle {
  const [onServer, onMachine] = [driverOnServer(services), driverOnMachine(services)];
  const of = (properties: Properties): Omit<Lifecycle, "check"> => (isOnMachine(properties) ? onMachine : onServer);
  return {
    check: (olds, news) => checkDriver(services, olds, news),
    diff: (id, olds, news) => of(news).diff(id, olds, news),
    create: (inputs) => of(inputs).create(inputs),
    read: (id, olds) => of(olds).read(id, olds),
    update: (id, olds, news) => of(news).update(id, olds, news),
    delete: (id, olds) => of(olds).delete(id, olds),
  };
}
