import { describeDriver, type DriverView } from "../../plan/describe/describe-connector";
import type { Properties } from "../lifecycle";
import { hasUnknown } from "../unknown";
import { leftOnMachine, type DriverProperties } from "./driver-inputs";

/** The sentence of a preview; `olds` null: the resource is new. null: there is nothing to tell, or not yet. */
export function tellOnServer(olds: Properties | null, news: Properties): string | null {
  const { server, delivered } = news as unknown as DriverProperties;
  if (hasUnknown(olds === null ? [server.name, delivered] : news)) return null;
  return describeDriver(olds === null || leftOnMachine(olds) !== null ? null : toView(olds), toView(news));
}

function toView(properties: Properties): DriverView {
  const driver = properties as unknown as DriverProperties;
  return { ...driver, server: driver.server.name };
}
