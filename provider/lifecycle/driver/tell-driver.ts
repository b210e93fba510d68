import { describeDriver, type DriverView } from "../../plan/describe/describe-connector";
import { describeDriverOnMachine, type OnMachineView } from "../../machine/plan/describe-desktop";
import { driverOnMachine, driverOnServer, driverPlaced, type DriverPlaced } from "../../schema/driver";
import { parse } from "../../schema/read";
import { hasUnknown } from "../../schema/unknown";
import type { Properties } from "../lifecycle";
import { productOf } from "../machine/machine-audience";
import { without } from "../without";

/** Whether a driver is, or is to be, on one machine instead of a server's nodes. */
export function isOnMachine(properties: Properties): boolean {
  return properties["machine"] !== undefined && properties["machine"] !== null;
}

/** What the resource left on a machine; null: nothing, it was not there, or on a server. */
export function leftOnMachine(olds: Properties): DriverPlaced | null {
  return isOnMachine(olds) ? parse(driverPlaced, olds) : null;
}

/** The sentence of a preview; `olds` null: the resource is new. null: there is nothing to tell, or not yet. */
export function tellDriver(olds: Properties | null, news: Properties): string | null {
  return isOnMachine(news) ? tellOnMachine(olds, news) : tellOnServer(olds, news);
}

/** The sentence of a preview; `olds` null: the resource is new. null: there is nothing to tell, or not yet. */
function tellOnMachine(olds: Properties | null, news: Properties): string | null {
  if (hasUnknown(without(news, ["credentials"]))) return null;
  return describeDriverOnMachine(olds !== null && isOnMachine(olds) ? toMachineView(olds) : null, toMachineView(news));
}

function toMachineView(properties: Properties): OnMachineView {
  const { machine, ...rest } = parse(driverOnMachine, properties);
  return { ...rest, machine: machine.name, product: productOf(machine) };
}

/** The sentence of a preview; `olds` null: the resource is new. null: there is nothing to tell, or not yet. */
function tellOnServer(olds: Properties | null, news: Properties): string | null {
  const { name } = (news["server"] ?? {}) as { readonly name?: unknown };
  if (hasUnknown(olds === null ? [name, news["delivered"]] : news)) return null;
  return describeDriver(olds === null || isOnMachine(olds) ? null : toDriverView(olds), toDriverView(news));
}

function toDriverView(properties: Properties): DriverView {
  const driver = parse(driverOnServer, properties);
  return { ...driver, server: driver.server.name };
}
