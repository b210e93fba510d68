import { connectPluginsPathKey } from "../keys";
import { wantedKey } from "./compare-keys";
import type { DesiredServer } from "./desired";
import { effectiveKey } from "./effective-key";
import { firstReleaseWithPackages, loadRank } from "./releases";
import type { SeenServer } from "./seen";
import type { Finding } from "./step";
import { isAtLeast } from "../version";

/** Refuses a path key that points away from a directory which this release reads by nothing else: no connector would be loaded. */
export function checkDirectory(desired: DesiredServer, seen: SeenServer): Finding[] {
  if (desired.connectors.length === 0 || !isAtLeast(seen.version, firstReleaseWithPackages)) return [];
  const wanted = wantedKey(connectPluginsPathKey, desired, seen);
  const path = wanted === undefined ? effectiveKey(connectPluginsPathKey, seen.keys[connectPluginsPathKey], seen.record) : wanted;
  if (loadRank(seen.version, desired.directory, path) !== null) return [];
  return [
    {
      code: "directory-not-read",
      message: `${desired.name} (Tableau Server ${seen.version}) would not read ${desired.directory}: it does so only where ${connectPluginsPathKey} names it, and that is to be ${path ?? "not set"}.`,
      next: "Leave connectPluginsPath out, or make it the same as connectorsDirectory.",
    },
  ];
}
