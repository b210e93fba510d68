import { normalPath } from "../../vocabulary/node-path";
import { type Layout, linuxLayout, windowsLayout } from "../../plan/placement/layout";
import type { LivePlace } from "../../plan/placement/placement";
import type { ServerInputs } from "./server-inputs";
import { defaultStateDirectories } from "./state-directory";

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
