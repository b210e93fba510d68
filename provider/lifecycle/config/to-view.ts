import type { ConfigView } from "../../plan/describe/describe-config";
import { describePlace } from "../../plan/placement/placement";
import { placeOf } from "../inputs/server-places";
import type { ConfigInputs, ConfigProperties } from "./config-inputs";
import { stackOf } from "../stack-of";
import { urnOf } from "../urn-of";
import { digestOfTriggers } from "./to-desired";

/** One side of a comparison, from inputs or from outputs. */
export function toView(config: ConfigInputs | ConfigProperties): ConfigView {
  const { server, connectors, drivers, live, loaded, restartTriggers } = config;
  return {
    server: server.name,
    owner: ownerOf(config),
    directory: describePlace(placeOf(server)),
    nodes: server.nodes.map(({ name }) => name),
    connectors,
    drivers: (drivers ?? []).map(({ fileName }) => fileName),
    live,
    loaded,
    record: "remembered" in config && config.remembered?.onServer === "no" ? "to be written" : "written",
    keys: keysOf(config),
    givenBack: [],
    triggers: digestOfTriggers(restartTriggers),
    stopped: "serverStatus" in config && config.serverStatus === "STOPPED",
    unlisted: "unlisted" in config ? config.unlisted : [],
    retiresUnlisted: config.unlistedConnectors === "retire",
  };
}

// States of older programs have no name in them.
function ownerOf(config: ConfigInputs): string {
  const urn = urnOf({ ...config });
  return urn === "" ? "" : `${stackOf(urn)} (${urn.split("::").at(-1) ?? ""})`;
}

// What was last seen applied outranks what the program then said of it, if anything.
function keysOf(config: ConfigInputs | ConfigProperties): ConfigView["keys"] {
  if ("applied" in config) {
    const { connectPluginsPath, disableVerifyConnectorPluginSignature } = config.applied;
    return {
      connectPluginsPath: connectPluginsPath ?? undefined,
      disableVerifyConnectorPluginSignature: disableVerifyConnectorPluginSignature ?? undefined,
    };
  }
  const { connectPluginsPath, disableVerifyConnectorPluginSignature: disable } = config;
  return { connectPluginsPath, disableVerifyConnectorPluginSignature: disable === undefined ? undefined : String(disable) };
}
