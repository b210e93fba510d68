import { normalPath } from "../../vocabulary/node-path";
import { type Layout, linuxLayout, windowsLayout } from "../../plan/placement/layout";
import type { LivePlace } from "../../plan/placement/placement";
import type { ServerInputs } from "../../schema/server";

/** Store, lock and record of a server, where the program names no folder; must be the same in every program for this server. */
const defaultStateDirectories: Readonly<Record<NonNullable<ServerInputs["platform"]>, string>> = {
  linux: "/var/opt/pulumi-tableau",
  windows: "C:/ProgramData/pulumi-tableau",
};

/** Where connectors go live. */
export function placeOf(server: ServerInputs): LivePlace {
  const { placement = "automatic", connectorsDirectory = layoutOf(server).connectors } = server;
  return { placement, directory: normalPath(connectorsDirectory) };
}

/** Where JDBC drivers go live. */
export function driversDirectoryOf(server: ServerInputs): string {
  return normalPath(server.driversDirectory ?? layoutOf(server).drivers);
}

/** Where the store, the lock and the record are. */
export function stateDirectory(server: ServerInputs): string {
  return normalPath(server.stateDirectory ?? defaultStateDirectories[server.platform ?? "linux"]);
}

function layoutOf({ platform }: ServerInputs): Layout {
  return platform === "windows" ? windowsLayout : linuxLayout;
}
