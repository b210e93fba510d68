import { isAtLeast } from "../../vocabulary/version";
import type { DesiredServer } from "../desired";
import { firstReleaseWithConnectors, firstReleaseWithPackages } from "../placement/releases";
import type { SeenServer } from "../seen";
import type { Finding } from "../step";
import { isFolderName } from "../compare/wanted-files";

/** Refusals that concern the server as a whole: its nodes and its version. */
export function checkServer(desired: DesiredServer, seen: SeenServer): Finding[] {
  return [...checkTopology(desired, seen), ...checkVersion(desired, seen)];
}

/** `nodes` must be what the cluster says, so that no node is left with other connectors than the rest. */
function checkTopology(desired: DesiredServer, seen: SeenServer): Finding[] {
  if (desired.options.allowPartialCluster || sameSet(desired.nodes, seen.topology)) return [];
  return [
    {
      code: "topology-differs",
      message: `The program lists the nodes ${list(desired.nodes)}; the server says it consists of ${list(seen.topology)} (tsm topology list-nodes).`,
      next: "Make `nodes` of the server the same list, with tsm's own names, or set allowPartialCluster: true.",
    },
  ];
}

function checkVersion(desired: DesiredServer, seen: SeenServer): Finding[] {
  if (desired.connectors.length === 0) return [];
  const isPackaged = desired.connectors.some(({ fileName }) => !isFolderName(fileName));
  const first = isPackaged ? firstReleaseWithPackages : firstReleaseWithConnectors;
  if (!isAtLeast(seen.version, first)) {
    return [
      {
        code: "version-too-old",
        message: `${desired.name} is Tableau Server ${seen.version}; ${isPackaged ? "packaged connectors" : "connectors"} load from ${first} on.`,
        next: isAtLeast(seen.version, firstReleaseWithConnectors)
          ? 'Upgrade the server, or give the unpacked folder of each connector as its source, with placement: "path".'
          : "Upgrade the server.",
      },
    ];
  }
  return desired.connectors.flatMap(({ fileName, minVersionTableau }): Finding[] => {
    if (minVersionTableau === undefined || isAtLeast(seen.version, minVersionTableau)) return [];
    return [
      {
        code: "connector-too-new",
        message: `${fileName} needs Tableau ${minVersionTableau} (min-version-tableau); ${desired.name} is ${seen.version} and would not load it.`,
        next: "Upgrade the server, or list an older version of the connector.",
      },
    ];
  });
}

function sameSet(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name) => right.includes(name));
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "(none)" : [...names].sort().join(", ");
}
