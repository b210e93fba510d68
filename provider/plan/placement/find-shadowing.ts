import { connectPluginsPathKey } from "../../vocabulary/keys";
import { wantedKey } from "../compare/compare-keys";
import { toRetire } from "../compare/compare-files";
import type { DesiredConnector, DesiredServer } from "../desired";
import { effectiveKey } from "../compare/effective-key";
import { loadingProcesses, loadRank, type LoadOrder } from "./load-order";
import { liveDirectories } from "./placement";
import type { PackageIdentity, SeenNode, SeenPackage, SeenServer } from "../seen";
import type { Finding } from "../step";
import { isListed } from "../compare/wanted-files";
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
  const order: LoadOrder = { release: seen.version, pluginsPath };
  const refusals: Finding[] = [];
  const warnings: Finding[] = [];
  for (const node of seen.nodes) {
    const leaving = new Set(toRetire(desired, seen, node));
    const others = node.packages.filter((found) => !leaving.has(found) && !isListed(desired, node, found));
    for (const connector of desired.connectors) {
      for (const other of others) {
        const holds = whatItHolds(desired, seen, other);
        if (holds?.pluginClass !== connector.pluginClass) continue;
        const outcome = whoWinsAnywhere(liveDirectories(desired, node), order, connector, other, holds.pluginVersion);
        if (outcome === "ours") warnings.push(hides(node, connector, other));
        if (outcome === "theirs" || outcome === "unclear") refusals.push(hidden(node, connector, other, holds.pluginVersion, outcome));
      }
    }
  }
  return { refusals, warnings };
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

const worstFirst: readonly Winner[] = ["theirs", "unclear", "ours"];

// Each process that reads a place of ours decides for itself: the worst of their outcomes counts.
function whoWinsAnywhere(
  directories: readonly string[],
  order: LoadOrder,
  connector: DesiredConnector,
  other: SeenPackage,
  otherVersion: string,
): Winner | "not read" {
  const outcomes = loadingProcesses.flatMap((process) =>
    directories.flatMap((directory): Winner[] => {
      const [ourRank, rank] = [loadRank(process, directory, order), loadRank(process, other.directory, order)];
      if (ourRank === null || rank === null) return [];
      const theirs = { sha256: other.sha256, pluginVersion: otherVersion, rank };
      return [whoWins(order.release, { ...connector, rank: ourRank }, theirs)];
    }),
  );
  return worstFirst.find((outcome) => outcomes.includes(outcome)) ?? "not read";
}

function hidden(
  node: SeenNode,
  connector: DesiredConnector,
  other: SeenPackage,
  otherVersion: string,
  outcome: "theirs" | "unclear",
): Finding {
  const { pluginClass, pluginVersion, fileName } = connector;
  const effect = outcome === "theirs" ? "Tableau would load that one" : "which of the two Tableau loads is undefined";
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
