import type { StoredPackage } from "../seen";

/** How many packages of each class the store keeps besides the listed ones, so that any of them can come back. */
const keptVersions = 5;

/** How many bytes the packages that are not listed may take together; the oldest go first. */
const keptBytes = 1024 ** 3;

/** A package younger than this may have been delivered by a run that has not activated it yet. */
const youngSeconds = 24 * 60 * 60;

/** Digests that the store of a node needs no more. `now` is in seconds, by the node's clock or close to it. */
export function superfluousPackages(stored: readonly StoredPackage[], listed: ReadonlySet<string>, now: number): string[] {
  const newestFirst = stored.filter(({ sha256 }) => !listed.has(sha256)).sort((a, b) => b.storedAt - a.storedAt);
  const ofClass = new Map<string, number>();
  let bytes = 0;
  return newestFirst.flatMap(({ sha256, pluginClass, size, storedAt }) => {
    const versions = (ofClass.get(pluginClass) ?? 0) + 1;
    ofClass.set(pluginClass, versions);
    bytes += size;
    const fits = versions <= keptVersions && bytes <= keptBytes;
    return fits || now - storedAt <= youngSeconds ? [] : [sha256];
  });
}
