import type { ConfigView } from "../../plan/describe/config-view";
import { describePlace } from "../../plan/placement/placement";
import { addressOf } from "../inputs/places";
import { driversDirectoryOf, placeOf, stateDirectory } from "../inputs/server-places";
import { stackOf } from "../stack-of";
import { urnOf } from "../urn-of";
import type { ConfigInputs, ConfigProperties } from "./config-inputs";
import { digestOfTriggers } from "./to-desired";

/** One side of a comparison, from inputs or from outputs. */
export function toView(config: ConfigInputs | ConfigProperties): ConfigView {
  const { server, connectors, drivers = [], live, loaded } = config;
  const place = placeOf(server);
  return {
    server: server.name,
    owner: ownerOf(config),
    nodes: server.nodes.map((node) => ({ name: node.name, address: addressOf(node) })),
    placement: place.placement,
    directory: describePlace(place),
    driversDirectory: driversDirectoryOf(server),
    stateDirectory: stateDirectory(server),
    connectors,
    drivers,
    live,
    loaded,
    record: "remembered" in config && config.remembered?.onServer === "no" ? "to be written" : "written",
    due: "activationDue" in config ? config.activationDue : null,
    keys: keysOf(config),
    givenBack: [],
    givenKeys: givenKeys(config),
    triggers: triggersOf(config),
    stopped: "serverStatus" in config && config.serverStatus === "STOPPED",
    unlisted: "unlisted" in config ? config.unlisted : [],
    retiresUnlisted: config.unlistedConnectors === "retire",
    takesOver: config.takeOver === true,
  };
}

// States of older programs have no name in them.
function ownerOf(config: ConfigInputs): string {
  const urn = urnOf({ ...config });
  return urn === "" ? "" : `${stackOf(urn)} (${urn.split("::").at(-1) ?? ""})`;
}

// What was last seen applied outranks what the program then said of it, if anything.
function keysOf(config: ConfigInputs | ConfigProperties): ConfigView["keys"] {
  if (!("applied" in config)) return givenKeys(config);
  const { connectPluginsPath, disableVerifyConnectorPluginSignature } = config.applied;
  return {
    connectPluginsPath: connectPluginsPath ?? undefined,
    disableVerifyConnectorPluginSignature: disableVerifyConnectorPluginSignature ?? undefined,
  };
}

// An update that failed has the program's triggers in its state, and the restart that they ask for may not have been made.
function triggersOf(config: ConfigInputs | ConfigProperties): ConfigView["triggers"] {
  const remembered = "remembered" in config ? (config.remembered ?? null) : null;
  return remembered === null ? digestOfTriggers(config.restartTriggers) : remembered.triggers;
}

function givenKeys({ connectPluginsPath, disableVerifyConnectorPluginSignature: disable }: ConfigInputs): ConfigView["givenKeys"] {
  return { connectPluginsPath, disableVerifyConnectorPluginSignature: disable === undefined ? undefined : String(disable) };
}
