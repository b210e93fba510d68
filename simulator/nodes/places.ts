import type { Places } from "../connectors/places";
import { serviceData, sharedFolder } from "../connectors/folders";
import { defaultStateDirectory } from "../describe";
import { javaHome, packages } from "./tree";

/** The places of a Linux node. `prefix` stands before `/opt` and `/var`: "" but for a node without a namespace. */
export function linuxPlaces(prefix: string, build: string): Places {
  return {
    connectors: prefix + sharedFolder,
    serviceData: prefix + serviceData,
    state: prefix + defaultStateDirectory,
    trustStore: `${prefix}${javaHome(build)}/lib/security/cacerts`,
    tsm: `${prefix}${packages}/customer-bin.${build}/tsm`,
  };
}
