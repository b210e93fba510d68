import type { DesiredServer } from "../desired";
import { isLiveDirectory } from "../placement/placement";
import type { SeenServer } from "../seen";
import type { Finding } from "../step";

/**
 * Warns of a connectors folder on another drive than the server's own. Tableau's documents want the same one; a report says
 * that a server took its connectors from another, so it is not refused.
 *
 * @see https://tableau.github.io/connector-plugin-sdk/docs/run-taco
 * @see https://github.com/tableau/connector-plugin-sdk/issues/1021
 */
export function checkDrive(desired: DesiredServer, seen: SeenServer): Finding[] {
  const { directory } = desired;
  const node = seen.nodes.find(({ installedIn }) => installedIn !== undefined && driveOf(installedIn) !== driveOf(directory));
  if (node?.installedIn === undefined || desired.connectors.length === 0 || !isLiveDirectory(desired, directory)) return [];
  return [
    {
      code: "other-drive",
      node: node.name,
      message: `${directory} is on another drive than Tableau Server (${node.installedIn}), which may not read it.`,
      next: `Put connectorsDirectory on drive ${driveOf(node.installedIn)}, and see whether the connectors show up.`,
    },
  ];
}

function driveOf(path: string): string {
  return path.slice(0, 2).toUpperCase();
}
