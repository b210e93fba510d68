import type { StoredPackage } from "./seen";

/** How many packages of each class the store keeps besides the listed ones, so that any of them can come back. */
const keptVersions = 5;

/** A package younger than this may have been delivered by a run that has not activated it yet. */
const youngSeconds = 24 * 60 * 60;

/** Digests that the store of a node needs no more. `now` is in seconds, by the node's clock or close to it. */
export function superfluousPackages(stored: readonly StoredPackage[], listed: ReadonlySet<string>, now: number): string[] {
  const classes = new Set(stored.map(({ pluginClass }) => pluginClass));
  return [...classes].flatMap((pluginClass) =>
    stored
      .filter((one) => one.pluginClass === pluginClass && !listed.has(one.sha256))
      .sort((a, b) => b.storedAt - a.storedAt)
      .slice(keptVersions)
      .filter(({ storedAt }) => now - storedAt > youngSeconds)
      .map(({ sha256 }) => sha256),
  );
}
