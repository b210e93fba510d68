import { describeDriverOnMachine, type OnMachineView } from "../../machine/plan/describe-desktop";
import type { OnMachineProperties } from "../machine/desktop-inputs";
import { productOf } from "../machine/machine-audience";
import type { Properties } from "../lifecycle";
import { hasUnknown } from "../unknown";
import { without } from "../without";
import { isOnMachine } from "./driver-inputs";

/** The sentence of a preview; `olds` null: the resource is new. null: there is nothing to tell, or not yet. */
export function tellOnMachine(olds: Properties | null, news: Properties): string | null {
  if (hasUnknown(without(news, ["credentials"]))) return null;
  return describeDriverOnMachine(olds !== null && isOnMachine(olds) ? toView(olds) : null, toView(news));
}

function toView(properties: Properties): OnMachineView {
  const { machine, ...rest } = properties as unknown as OnMachineProperties;
  return { ...rest, machine: machine.name, product: productOf(machine) };
}
