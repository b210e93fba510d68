// What cluster this machine can simulate: three nodes behind a login user, as a real one has, or as much of that as is possible.
import { existsSync } from "node:fs";

/** Fills in what was not asked for. `isolation`: see `availableIsolation()` of the simulator. */
export function chooseCluster({ transport, login, nodes }, isolation) {
  const isLocal = transport === "local" || (transport === undefined && isolation === "none");
  return {
    nodes: nodes === undefined ? (isLocal ? 1 : 3) : Number(nodes),
    login: login ?? (isLocal ? "root" : bestLogin(isolation)),
    ...(transport === undefined ? {} : { transport }),
  };
}

// A namespace of a user who is not root has one user only.
function bestLogin(isolation) {
  if (isolation !== "root") return "root";
  return existsSync("/usr/bin/sudo") ? "sudo" : "tsmadmin";
}
