import { driver } from "../../schema/driver";
import type { Failures } from "../../schema/failures";
import type { Draft } from "../../schema/field";
import { check } from "../../schema/read";
import type { ServerInputs } from "../../schema/server";
import { checkMachine } from "../machine/check-machine";
import type { Properties } from "../lifecycle";
import { checkCredentials, checkServer, systemOf } from "../server/check-server";

/** Looks at where a driver is to be, on the nodes of a server or on one machine, and gives the server. */
export function checkPlace(news: Properties, failures: Failures): Draft<ServerInputs> | undefined {
  const isGiven = (name: string): boolean => news[name] !== undefined && news[name] !== null;
  const { server, machine, overwriteUnmanaged } = driver.given;
  if (isGiven("server") && isGiven("machine")) {
    failures.add("machine", "is given beside `server`: expected one of the two; a driver for both is two resources");
    return undefined;
  }
  if (isGiven("machine")) {
    checkMachine(check({ machine, overwriteUnmanaged }, news, failures).machine, news, failures);
    return undefined;
  }
  if (!isGiven("server")) {
    failures.add("server", "is missing: expected `server`, as { name, nodes }, or `machine`, as { name, product?, connection?, … }");
    return undefined;
  }
  const draft = check({ server }, news, failures, { system: systemOf(news["server"]) });
  checkServer(draft.server, failures);
  checkCredentials(news, failures);
  if (isGiven("overwriteUnmanaged")) {
    failures.add("overwriteUnmanaged", "goes with `machine` alone: on a server that of TableauServerPluginsConfig decides");
  }
  return draft.server;
}
