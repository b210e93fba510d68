import type { Properties } from "../lifecycle";
import { type DriverProperties, isOnMachine, leftOnMachine } from "./driver-inputs";
import { describeDriver, type DriverView } from "../../plan/describe/describe-connector";
import { describeDriverOnMachine, type OnMachineView } from "../../machine/plan/describe-desktop";
import type { OnMachineProperties } from "../machine/desktop-inputs";
import { productOf } from "../machine/machine-audience";
import { hasUnknown } from "../../schema/unknown";
import { without } from "../without";

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
  const { machine, ...rest } = properties as unknown as OnMachineProperties;
  return { ...rest, machine: machine.name, product: productOf(machine) };
}

/** The sentence of a preview; `olds` null: the resource is new. null: there is nothing to tell, or not yet. */
function tellOnServer(olds: Properties | null, news: Properties): string | null {
  const { server, delivered } = news as unknown as DriverProperties;
  if (hasUnknown(olds === null ? [server.name, delivered] : news)) return null;
  return describeDriver(olds === null || leftOnMachine(olds) !== null ? null : toDriverView(olds), toDriverView(news));
}

function toDriverView(properties: Properties): DriverView {
  const driver = properties as unknown as DriverProperties;
  return { ...driver, server: driver.server.name };
}
