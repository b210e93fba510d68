import type { Installation, Places } from "../connectors/places";
import { sharedFolder } from "../connectors/folders";

/** Where this package keeps its files on a node, if nobody says otherwise. */
export const defaultStateDirectory = "/var/opt/pulumi-tableau";

/** Where the installer puts Tableau Server, if nobody says otherwise. */
export const linuxInstallation: Installation = { programs: "/opt/tableau/tableau_server", data: "/var/opt/tableau/tableau_server" };

/** The places of a Linux node. `prefix` stands before `/opt` and `/var`: "" but for a node without a namespace. */
export function linuxPlaces(prefix: string, build: string, { programs, data }: Installation = linuxInstallation): Places {
  const packages = `${prefix}${programs}/packages`;
  const javaHome = `${packages}/repository.${build}/jre`;
  return {
    connectors: prefix + sharedFolder,
    serviceData: `${prefix}${data}/data/tabsvc`,
    state: prefix + defaultStateDirectory,
    packages,
    javaHome,
    trustStore: `${javaHome}/lib/security/cacerts`,
    tsm: `${packages}/customer-bin.${build}/tsm`,
  };
}
