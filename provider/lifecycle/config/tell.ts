import { describeConfig } from "../../plan/describe/describe-config";
import type { Properties } from "../lifecycle";
import { hasUnknown } from "../unknown";
import { activationNow } from "./activation-now";
import type { ConfigInputs, ConfigProperties } from "./config-inputs";
import { keysGivenBack } from "./keys-given-back";
import { toView } from "./to-view";

/** The sentence of a preview; `olds` null: the config is new. null: there is nothing to tell. */
export function tell(olds: Properties | null, news: Properties): string | null {
  if (isUnknownYet(olds, news)) {
    return "What will be live is not known yet; an `up` needs at most one restart of the server, users are disconnected.";
  }
  const wanted = news as unknown as ConfigInputs;
  if (olds === null) return describeConfig(null, toView(wanted), activationNow(wanted));
  const { activationDue } = olds as unknown as ConfigProperties;
  const there = toView(olds as unknown as ConfigProperties);
  const due = typeof activationDue === "string" ? { loaded: `an activation is due (${activationDue})` } : {};
  return describeConfig({ ...there, ...due, givenBack: keysGivenBack(olds, news) }, toView(wanted), activationNow(wanted));
}

// How a node is reached, and what is done about others' changes, is no part of the sentence.
function isUnknownYet(olds: Properties | null, news: Properties): boolean {
  const { connectors, drivers, live, topology, activation, restartWindow, unlistedConnectors, server } = news;
  const { connectPluginsPath, disableVerifyConnectorPluginSignature, restartTriggers } = news;
  const { name, connectorsDirectory, placement } = server as { name?: unknown; connectorsDirectory?: unknown; placement?: unknown };
  const ofBoth = [connectors, live, topology, activation, restartWindow, name, connectorsDirectory, placement, drivers];
  const ofChange = [unlistedConnectors, connectPluginsPath, disableVerifyConnectorPluginSignature, restartTriggers];
  return hasUnknown(olds === null ? ofBoth : [...ofBoth, ...ofChange]);
}
