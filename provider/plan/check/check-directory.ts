import { connectPluginsPathKey } from "../../vocabulary/keys";
import { wantedKey } from "../compare/compare-keys";
import type { DesiredServer } from "../desired";
import { effectiveKey } from "../compare/effective-key";
import { isRead } from "../placement/load-order";
import { describePlace, liveDirectories } from "../placement/placement";
import { firstReleaseWithConnectors } from "../placement/releases";
import type { SeenServer } from "../seen";
import type { Finding } from "../step";
import { isAtLeast } from "../../vocabulary/version";

/** Refuses a path key that points away from a directory which this release reads by nothing else: no connector would be loaded. */
export function checkDirectory(desired: DesiredServer, seen: SeenServer): Finding[] {
  if (desired.connectors.length === 0 || !isAtLeast(seen.version, firstReleaseWithConnectors)) return [];
  const wanted = wantedKey(connectPluginsPathKey, desired, seen);
  const path = wanted === undefined ? effectiveKey(connectPluginsPathKey, seen.keys[connectPluginsPathKey], seen.record) : wanted;
  const directories = new Set(seen.nodes.flatMap((node) => liveDirectories(desired, node)));
  if (directories.size === 0) return [noProcess(desired)];
  if ([...directories].every((directory) => isRead(directory, { release: seen.version, pluginsPath: path }))) return [];
  return [notRead(desired, seen, path)];
}

function noProcess(desired: DesiredServer): Finding {
  return {
    code: "directory-not-read",
    message: `No node of ${desired.name} has the folder of a process that would read connectors from ${describePlace(desired)}.`,
    next: 'Set placement: "path" on the server.',
  };
}

function notRead(desired: DesiredServer, seen: SeenServer, path: string | null): Finding {
  const next =
    desired.placement === "shared"
      ? 'Leave placement out, or set it to "path": then the key is set.'
      : "Leave connectPluginsPath out, or make it the same as connectorsDirectory.";
  return {
    code: "directory-not-read",
    message: `${desired.name} (Tableau Server ${seen.version}) would not read ${desired.directory}: it does so only where ${connectPluginsPathKey} names it, and that is to be ${path ?? "not set"}.`,
    next,
  };
}
