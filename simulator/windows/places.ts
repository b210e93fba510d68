import type { Installation, Places } from "../connectors/places";

/** Where the installer puts Tableau Server, if nobody says otherwise. */
export const windowsInstallation: Installation = {
  programs: "C:/Program Files/Tableau/Tableau Server",
  data: "C:/ProgramData/Tableau/Tableau Server",
};

/** The places of a Windows node. */
export function windowsPlaces(build: string, { programs, data }: Installation): Places {
  const packages = `${programs}/packages`;
  const javaHome = `${packages}/repository.${build}/jre`;
  return {
    connectors: "C:/Program Files/Tableau/Connectors",
    serviceData: `${data}/data/tabsvc`,
    state: "C:/ProgramData/pulumi-tableau",
    packages,
    javaHome,
    trustStore: `${javaHome}/lib/security/cacerts`,
    tsm: `${packages}/bin.${build}/tsm.cmd`.replaceAll("/", "\\"),
  };
}
