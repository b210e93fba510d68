import { isAtLeast } from "../../version";
import type { DesiredServer } from "../desired";
import { firstReleaseWithConnectors, firstReleaseWithPackages } from "../placement/releases";
import type { SeenServer } from "../seen";
import type { Finding } from "../step";
import { isFolderName } from "../compare/wanted-files";

/** Refusals that concern the server as a whole: its nodes, its version, its owner. */
export function checkServer(desired: DesiredServer, seen: SeenServer): Finding[] {
  return [...checkTopology(desired, seen), ...checkVersion(desired, seen), ...checkOwner(desired, seen)];
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

function checkOwner(desired: DesiredServer, seen: SeenServer): Finding[] {
  const owner = seen.record?.owner;
  if (owner === undefined || desired.options.takeOver) return [];
  if (owner.stack !== desired.owner.stack) {
    return [
      {
        code: "owned-by-another-stack",
        message: `The connectors of ${desired.name} belong to the stack ${owner.stack} (${owner.urn}); this is ${desired.owner.stack}.`,
        next: "Make the change in that stack, or set takeOver: true here.",
      },
    ];
  }
  const isOwner = owner.token === desired.owner.token;
  if (isOwner || desired.options.claim === "create") return [];
  const whose =
    owner.urn === desired.owner.urn
      ? `a resource of the same name, as of another backend or a later state: ${owner.urn}`
      : `another resource of this stack: ${owner.urn}`;
  return [
    {
      code: "owned-by-another-resource",
      message: `The connectors of ${desired.name} belong to ${whose}.`,
      next: "Keep one TableauServerPluginsConfig for a server, or set takeOver: true on the one that shall own it.",
    },
  ];
}

function sameSet(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name) => right.includes(name));
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "(none)" : [...names].sort().join(", ");
}
