import { checkMachine } from "../machine/check-machine";
import { checkServer } from "../inputs/check-server";
import type { Failures } from "../inputs/failures";
import type { Properties } from "../lifecycle";

/** Looks at where a driver is to be: on the nodes of a server, or on one machine. */
export function checkPlace(news: Properties, failures: Failures): void {
  const isGiven = (name: string): boolean => news[name] !== undefined && news[name] !== null;
  if (isGiven("server") && isGiven("machine")) {
    failures.add("machine", "is given beside `server`: expected one of the two; a driver for both is two resources");
    return;
  }
  if (isGiven("machine")) {
    checkMachine(news["machine"], failures);
    failures.flag(news["overwriteUnmanaged"], "overwriteUnmanaged");
    return;
  }
  if (!isGiven("server")) {
    failures.add("server", "is missing: expected `server`, as { name, nodes }, or `machine`, as { name, product?, connection?, … }");
    return;
  }
  checkServer(news["server"], news["credentials"], failures);
  if (isGiven("overwriteUnmanaged")) {
    failures.add("overwriteUnmanaged", "goes with `machine` alone: on a server that of TableauServerPluginsConfig decides");
  }
}
