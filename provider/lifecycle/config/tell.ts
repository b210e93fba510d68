import type { ConfigView } from "../../plan/describe/config-view";
import { describeConfig } from "../../plan/describe/describe-config";
import { foresee, restartOf } from "../../plan/describe/foresee";
import type { Properties } from "../lifecycle";
import { hasUnknown } from "../../schema/unknown";
import { activationNow } from "./activation-now";
import type { ConfigInputs, ConfigProperties } from "./config-inputs";
import { keysGivenBack } from "./keys-given-back";
import { toView } from "./to-view";

/** The sentence of a preview; `olds` null: the config is new. null: there is nothing to tell. */
export function tell(olds: Properties | null, news: Properties): string | null {
  if (isUnknownYet(olds, news)) {
    return "What the server will load is not known yet. Up to one restart of the server, which disconnects its users.";
  }
  const wanted = news as unknown as ConfigInputs;
  return describeConfig(olds === null ? null : viewOf(olds, news), toView(wanted), activationNow(wanted));
}

/**
 * Whether the preview of an update has told of a restart. What it cannot have known, as a file that was changed since Pulumi looked
 * last, waits for the next preview instead of restarting a server that nobody expects to restart.
 */
export function tellsOfRestart(olds: Properties, news: Properties): "told" | "not told" {
  const differences = foresee(viewOf(olds, news), toView(news as unknown as ConfigInputs));
  return restartOf(differences) === "no" ? "not told" : "told";
}

function viewOf(olds: Properties, news: Properties): ConfigView {
  return { ...toView(olds as unknown as ConfigProperties), givenBack: keysGivenBack(olds, news) };
}

// How a node is reached, and what is done about others' changes, is no part of the sentence.
function isUnknownYet(olds: Properties | null, news: Properties): boolean {
  const { connectors, drivers, live, topology, activation, restartWindow, unlistedConnectors, takeOver, server } = news;
  const { connectPluginsPath, disableVerifyConnectorPluginSignature, restartTriggers } = news;
  const { nodes: _nodes, credentials: _credentials, tsm: _tsm, ...places } = (server ?? {}) as Record<string, unknown>;
  const ofBoth = [connectors, live, topology, activation, restartWindow, places, drivers];
  const ofChange = [unlistedConnectors, takeOver, connectPluginsPath, disableVerifyConnectorPluginSignature, restartTriggers];
  return hasUnknown(olds === null ? ofBoth : [...ofBoth, ...ofChange]);
}
