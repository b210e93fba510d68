import { isAtLeast } from "../version";

/** The shared folder of Tableau Server on Linux, read by every process from 2021.2 on. */
export const sharedDirectory = "/opt/tableau/connectors";

/** Where Tableau Server on Linux looks for JDBC drivers: https://help.tableau.com/current/server-linux/en-us/dbdriver.htm */
export const driversDirectory = "/opt/tableau/tableau_driver/jdbc";

/** First release that loads packaged connectors. */
export const firstReleaseWithPackages = "2019.4";

/** First release that loads connectors at all, as unpacked folders under the path key. */
export const firstReleaseWithConnectors = "2019.1";

/** First release that reads the shared folder. */
export const firstReleaseWithSharedDirectory = "2021.2";

/** First release of Tableau Server that verifies package signatures, and that demands vendor information in the manifest. */
export const firstReleaseThatVerifies = "2020.1";

/** Whether this release reads the shared folder without any key. */
function readsSharedDirectory(release: string): boolean {
  return isAtLeast(release, firstReleaseWithSharedDirectory);
}

/** Whether this release reads `directory` without `native_api.connect_plugins_path`. */
export function readsByItself(release: string, directory: string): boolean {
  return directory === sharedDirectory && readsSharedDirectory(release);
}

/** From 2022.2 on the highest `plugin-version` of a class wins; before, the first one found. */
export function highestVersionWins(release: string): boolean {
  return isAtLeast(release, "2022.2");
}

/** A directory without trailing slashes, as this package compares them. */
export function trimSlash(directory: string): string {
  return directory.length > 1 ? directory.replace(/\/+$/, "") || "/" : directory;
}
