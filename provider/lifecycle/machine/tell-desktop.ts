import { describeDesktop, type PackageOnMachineView } from "../../machine/plan/describe-desktop";
import type { Properties } from "../lifecycle";
import { desktopConnector } from "../../schema/desktop-connector";
import { parse } from "../../schema/read";
import { hasUnknown } from "../../schema/unknown";
import { productOf } from "./machine-audience";

/** The sentence of a preview; `olds` null: the resource is new. null: there is nothing to tell, or not yet. */
export function tellDesktop(olds: Properties | null, news: Properties): string | null {
  const { credentials: _secret, ...open } = news;
  if (hasUnknown(open)) return null;
  return describeDesktop(olds === null ? null : toView(olds), toView(news));
}

function toView(properties: Properties): PackageOnMachineView {
  const { machine, ...rest } = parse(desktopConnector.inputs, properties);
  return { ...rest, machine: machine.name, product: productOf(machine) };
}
