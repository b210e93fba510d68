import type { Properties } from "../lifecycle/lifecycle";
import type { FoundOnServer } from "../lifecycle/found-on-server";
import { TableauError } from "../vocabulary/error";
import type { Kind } from "./kinds";

/** A resource that Pulumi can take over as it is. */
export interface Importable {
  readonly id: string;
  readonly name: string;
  /** Its arguments but for the server, and what check would compute of them. */
  readonly properties: Properties;
}

/** The resources of a kind that a server already has, by the ids that an import is asked for. */
export function importable(kind: Kind, server: string, found: FoundOnServer): readonly Importable[] {
  switch (kind.lifecycle) {
    case "connector":
      return found.connectors.map((connector) => ({
        id: `${server}/${connector.pluginClass}`,
        name: connector.pluginClass,
        // A server that verifies no signatures has packages without one.
        properties: {
          source: connector.fileName,
          ...connector,
          ...(connector.signature?.status === "signed" ? {} : { requireSignature: false }),
        },
      }));
    case "driver":
      return found.drivers.map((driver) => ({
        id: `${server}/${driver.fileName}`,
        name: driver.fileName.replace(/\.jar$/, ""),
        properties: { source: driver.fileName, ...driver },
      }));
    case "config":
      return [{ id: `${server}/plugins-config`, name: server, properties: configOf(found) }];
    case "certificate":
    case "desktopConnector":
    case "desktopLauncher":
      return [];
  }
}

// Verification that is on needs no argument: it is what a server does by itself.
function configOf({ connectors, drivers, disableVerifyConnectorPluginSignature: disabled }: FoundOnServer): Properties {
  return {
    connectors,
    ...(drivers.length === 0 ? {} : { drivers }),
    ...(disabled === true ? { disableVerifyConnectorPluginSignature: true } : {}),
  };
}

/** The server that an id to be imported names. */
export function serverOfId(kind: Kind, id: string): string {
  const [server = "", rest] = id.split("/");
  const isComplete = kind.lifecycle === "config" || rest !== undefined;
  if (server !== "" && isComplete && !kind.lifecycle.startsWith("desktop")) return server;
  throw new TableauError("argument-invalid", {
    message: `${JSON.stringify(id)} is no id that can be imported.`,
    next: "Take NAME for a config, NAME/CLASS for a connector, NAME/FILE.jar for a driver of a server; NAME is one of the servers in the provider's configuration. What is on a person's machine is adopted by `pulumi up`.",
  });
}
