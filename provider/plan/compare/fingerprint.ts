import { isOwnKey } from "../../vocabulary/keys";
import { keysConcerned, wantedKey } from "./compare-keys";
import type { DesiredServer } from "../desired";
import { meaningOf } from "./effective-key";
import { describePlace } from "../placement/placement";
import type { SeenServer } from "../seen";

/**
 * What an activation would make of a server, as one text: the listed digests, the wanted keys and the server's version.
 * It is kept in the record alone, where values of keys may stand. A set that was rolled back is known by it, and not tried again until one of these differs.
 */
export function fingerprint(desired: DesiredServer, seen: SeenServer): string {
  const files = [...desired.connectors, ...desired.drivers].map(({ fileName, sha256 }) => `${fileName}=${sha256}`).sort();
  const trust = desired.trust.map(({ alias, sha256 }) => `trust ${alias}=${sha256}`).sort();
  const keys = keysConcerned(desired, seen).map((key) => {
    const wanted = wantedKey(key, desired, seen);
    return `${key}=${(isOwnKey(key) || wanted === undefined ? wanted : meaningOf(key, wanted)) ?? "left"}`;
  });
  return [seen.version, describePlace(desired), ...files, ...trust, ...keys, desired.triggers ?? "no triggers"].join("\n");
}
