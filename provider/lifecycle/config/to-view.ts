import type { ConfigView } from "../../plan/describe-config";
import { connectorsDirectory } from "../inputs/to-target";
import type { ConfigInputs, ConfigProperties } from "./config-inputs";
import { digestOfTriggers } from "./to-desired";

/** One side of a comparison, from inputs or from outputs. */
export function toView(config: ConfigInputs | ConfigProperties): ConfigView {
  const { server, connectors, live, loaded, restartTriggers, connectPluginsPath, disableVerifyConnectorPluginSignature: disable } = config;
  return {
    server: server.name,
    directory: connectorsDirectory(server),
    nodes: server.nodes.map(({ name }) => name),
    connectors,
    live,
    loaded,
    keys: {
      connectPluginsPath,
      disableVerifyConnectorPluginSignature: disable === undefined ? undefined : String(disable),
    },
    triggers: digestOfTriggers(restartTriggers),
    stopped: "serverStatus" in config && config.serverStatus === "STOPPED",
  };
}
