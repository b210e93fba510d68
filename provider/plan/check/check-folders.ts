import { isAtLeast } from "../../vocabulary/version";
import { connectPluginsPathKey, disableVerifyKey } from "../../vocabulary/keys";
import { wantedKey } from "../compare/compare-keys";
import type { DesiredServer } from "../desired";
import { effectiveKey, sameValue } from "../compare/effective-key";
import { firstReleaseThatVerifies } from "../placement/releases";
import type { SeenServer } from "../seen";
import type { Finding } from "../step";
import { isFolderName } from "../compare/wanted-files";

/**
 * Refuses unpacked connectors where they would not load: outside of the folder that the path key names, and on a server
 * that verifies signatures, since a folder has none.
 *
 * @see https://tableau.github.io/connector-plugin-sdk/docs/run-taco
 */
export function checkFolders(desired: DesiredServer, seen: SeenServer): Finding[] {
  const folders = desired.connectors.map(({ fileName }) => fileName).filter(isFolderName);
  if (folders.length === 0) return [];
  const value = (key: typeof connectPluginsPathKey | typeof disableVerifyKey): string | null => {
    const wanted = wantedKey(key, desired, seen);
    return wanted === undefined ? effectiveKey(key, seen.keys[key], seen.record) : wanted;
  };
  const isRead = desired.placement !== "perProcess" && sameValue(connectPluginsPathKey, value(connectPluginsPathKey), desired.directory);
  const verifies = isAtLeast(seen.version, firstReleaseThatVerifies) && !sameValue(disableVerifyKey, value(disableVerifyKey), "true");
  return [...(isRead ? [] : [notRead(desired, folders)]), ...(verifies ? [unsigned(desired, folders)] : [])];
}

function notRead(desired: DesiredServer, folders: readonly string[]): Finding {
  return {
    code: "directory-not-read",
    message: `${desired.name} would not read the unpacked ${folders.join(", ")}: Tableau Server does so only in the folder that ${connectPluginsPathKey} names.`,
    next: 'Set placement: "path" on the server.',
  };
}

function unsigned(desired: DesiredServer, folders: readonly string[]): Finding {
  return {
    code: "unsigned-folder",
    message: `${desired.name} would not load the unpacked ${folders.join(", ")}: a folder has no signature, and the server verifies signatures.`,
    next: "Set disableVerifyConnectorPluginSignature: true while connectors are under development, on a server of their own.",
  };
}
