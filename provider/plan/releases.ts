import { isAtLeast } from "../version";

/** The shared folder of Tableau Server on Linux, read by every process from 2021.2 on. */
export const sharedDirectory = "/opt/tableau/connectors";

const tabsvc = "/var/opt/tableau/tableau_server/data/tabsvc";

/**
 * Folders that single processes read, from 2019.4 on.
 *
 * @see https://tableau.github.io/connector-plugin-sdk/docs/run-taco
 */
export const perProcessDirectories: readonly string[] = ["vizqlserver", "flowprocessor", "flowqueryservice", "flowminerva"].map(
  (process) => `${tabsvc}/${process}/Connectors`,
);

/** First release that loads packaged connectors. */
export const firstReleaseWithPackages = "2019.4";

/** First release of Tableau Server that verifies package signatures, and that demands vendor information in the manifest. */
export const firstReleaseThatVerifies = "2020.1";

/** Whether this release reads the shared folder without any key. */
function readsSharedDirectory(release: string): boolean {
  return isAtLeast(release, "2021.2");
}

/** Whether this release reads `directory` without `native_api.connect_plugins_path`. */
export function readsByItself(release: string, directory: string): boolean {
  return directory === sharedDirectory && readsSharedDirectory(release);
}

/** From 2022.2 on the highest `plugin-version` of a class wins; before, the first one found. */
export function highestVersionWins(release: string): boolean {
  return isAtLeast(release, "2022.2");
}

/** Where in the load order a directory is read, or null if this release does not read it. Lower is earlier. */
export function loadRank(release: string, directory: string, pluginsPath: string | null): number | null {
  if (readsByItself(release, directory)) return 2;
  if (perProcessDirectories.includes(directory)) return 3;
  return pluginsPath !== null && directory === trimSlash(pluginsPath) ? 4 : null;
}

/** A directory without trailing slashes, as this package compares them. */
export function trimSlash(directory: string): string {
  return directory.length > 1 ? directory.replace(/\/+$/, "") || "/" : directory;
}
