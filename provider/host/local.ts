import { userInfo } from "node:os";
import type { HostCounts } from "./counts";
import type { Host, NodeAddress } from "./host";
import { startLocalProcess } from "./local-process";
import { ScriptHost } from "./script-host";

/** This machine as a node. */
export function localHost(address: Pick<NodeAddress, "name" | "privilege">, counts: HostCounts): Host {
  const user = loginUser();
  const elevation = process.getuid?.() === 0 ? "none" : address.privilege;
  return new ScriptHost({ node: address.name, user, elevation, counts, start: (command) => startLocalProcess(command, address.name) });
}

// A user id without a name, as in some containers, has no entry to read.
function loginUser(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env["USER"] ?? `#${process.getuid?.() ?? "?"}`;
  }
}
