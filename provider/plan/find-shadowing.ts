import { connectPluginsPathKey } from "../keys";
import { wantedKey } from "./compare-keys";
import { toRetire } from "./compare-files";
import type { DesiredConnector, DesiredServer } from "./desired";
import { effectiveKey } from "./effective-key";
import { loadRank } from "./releases";
import type { PackageIdentity, SeenNode, SeenPackage, SeenServer } from "./seen";
import type { Finding } from "./step";
import { whoWins, type Winner } from "./who-wins";

/**
 * Packages on the nodes that hide a listed connector of the same class, or that it hides, by the rules of the server's
 * version.
 *
 * @see https://tableau.github.io/connector-plugin-sdk/docs/run-taco
 */
export function findShadowing(desired: DesiredServer, seen: SeenServer): { refusals: Finding[]; warnings: Finding[] } {
  const path = wantedKey(connectPluginsPathKey, desired, seen);
  const pluginsPath = path === undefined ? effectiveKey(connectPluginsPathKey, seen.keys[connectPluginsPathKey], seen.record) : path;
  const refusals: Finding[] = [];
  const warnings: Finding[] = [];
  for (const node of seen.nodes) {
    const leaving = new Set(toRetire(desired, seen, node));
    const others = node.packages.filter((found) => !leaving.has(found) && !isListed(desired, found));
    for (const connector of desired.connectors) {
      for (const other of others) {
        const holds = whatItHolds(desired, seen, other);
        if (holds?.pluginClass !== connector.pluginClass) continue;
        const outcome = outcomeOf(desired, seen.version, pluginsPath, connector, other, holds.pluginVersion);
        if (outcome === "ours") warnings.push(hides(node, connector, other));
        if (outcome === "theirs" || outcome === "unclear") refusals.push(hidden(node, connector, other, holds.pluginVersion, outcome));
      }
    }
  }
  return { refusals, warnings };
}

function isListed(desired: DesiredServer, found: SeenPackage): boolean {
  return found.directory === desired.directory && desired.connectors.some(({ fileName }) => fileName === found.fileName);
}

// Nobody looks into a copy of a package that is known by its digest: the list and the record say what it holds.
function whatItHolds(
  desired: DesiredServer,
  seen: SeenServer,
  other: SeenPackage,
): Pick<PackageIdentity, "pluginClass" | "pluginVersion"> | null {
  const known = [...desired.connectors, ...Object.values(seen.record?.files ?? {})];
  return other.identity ?? known.find(({ sha256 }) => sha256 === other.sha256) ?? null;
}

function outcomeOf(
  desired: DesiredServer,
  version: string,
  pluginsPath: string | null,
  connector: DesiredConnector,
  other: SeenPackage,
  otherVersion: string,
): Winner | "not read" {
  const rank = loadRank(version, other.directory, pluginsPath);
  if (rank === null) return "not read";
  const ours = { ...connector, rank: loadRank(version, desired.directory, pluginsPath) ?? 4 };
  return whoWins(version, ours, { sha256: other.sha256, pluginVersion: otherVersion, rank });
}

function hidden(
  node: SeenNode,
  connector: DesiredConnector,
  other: SeenPackage,
  otherVersion: string,
  outcome: "theirs" | "unclear",
): Finding {
  const { pluginClass, pluginVersion, fileName } = connector;
  const effect = outcome === "theirs" ? "Tableau would load that one" : "which of the two Tableau loads is chance";
  return {
    code: "shadowed",
    node: node.name,
    message: `${other.directory}/${other.fileName} holds the class ${pluginClass} too (version ${otherVersion}): ${effect} instead of ${fileName} ${pluginVersion}.`,
    next: 'Remove that file, or, where it lies in the same directory, set unlistedConnectors: "retire".',
  };
}

function hides(node: SeenNode, connector: DesiredConnector, other: SeenPackage): Finding {
  return {
    code: "duplicate-class",
    node: node.name,
    message: `${other.directory}/${other.fileName} holds the class ${connector.pluginClass} too; Tableau loads the listed ${connector.fileName} instead.`,
    next: "Remove that file to keep one package per class.",
  };
}
