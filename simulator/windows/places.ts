import type { Places } from "../connectors/places";

export const installFolder = "C:/Program Files/Tableau/Tableau Server";
export const dataFolder = "C:/ProgramData/Tableau/Tableau Server";

/** The Java runtime's folder of a build. */
export function windowsJavaHome(build: string): string {
  return `${installFolder}/packages/repository.${build}/jre`;
}

/** The places of a Windows node whose server is on drive C. */
export function windowsPlaces(build: string): Places {
  return {
    connectors: "C:/Program Files/Tableau/Connectors",
    serviceData: `${dataFolder}/data/tabsvc`,
    state: "C:/ProgramData/pulumi-tableau",
    trustStore: `${windowsJavaHome(build)}/lib/security/cacerts`,
    tsm: `${installFolder}/packages/bin.${build}/tsm.cmd`.replaceAll("/", "\\"),
  };
}
