import { samePath } from "../../vocabulary/node-path";
import { isAtLeast } from "../../vocabulary/version";
import { layoutAt } from "./layout";

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
  return samePath(directory, layoutAt(directory).connectors) && readsSharedDirectory(release);
}

/** From 2022.2 on the highest `plugin-version` of a class wins; before, the first one found. */
export function highestVersionWins(release: string): boolean {
  return isAtLeast(release, "2022.2");
}
