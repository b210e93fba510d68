import { connectPluginsPathKey } from "../../vocabulary/keys";
import { isMended, toRetire } from "./compare-files";
import { wantedKey } from "./compare-keys";
import type { DesiredDriver, DesiredServer } from "../desired";
import { effectiveKey, sameValue } from "./effective-key";
import { dueByRecord } from "./restart-due";
import { isLoaded } from "./is-loaded";
import { processOf } from "../placement/load-order";
import type { SeenNode, SeenServer } from "../seen";
import { findLive, isFolderName, wantedFiles, type WantedFile } from "./wanted-files";

/** Per node and file: the digest, or what is there instead. This is what a diff of the config shows. */
export type Live = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What `live` reads when everything is as wanted. */
export function wantedLive(nodes: readonly string[], connectors: readonly { fileName: string; sha256: string }[]): Live {
  const files = Object.fromEntries(connectors.map(({ fileName, sha256 }) => [fileName, sha256]));
  return Object.fromEntries(nodes.map((node) => [node, files]));
}

/** What is really live: the same as {@link wantedLive} where nothing differs. */
export function seenLive(desired: DesiredServer, seen: SeenServer): Live {
  return Object.fromEntries(
    seen.nodes.map((node) => {
      const listed = [...desired.connectors, ...desired.drivers].map((one) => [one.fileName, describe(desired, seen, node, one)]);
      const tooMany = toRetire(desired, seen, node).map(({ fileName, sha256 }) => [fileName, `${sha256 ?? "unreadable"} (not listed)`]);
      return [node.name, Object.fromEntries([...listed, ...tooMany]) as Record<string, string>];
    }),
  );
}

// One text where all places of a file are alike, as they are where nothing differs; none on a node without such a place.
function describe(desired: DesiredServer, seen: SeenServer, node: SeenNode, { fileName, sha256 }: DesiredDriver): string {
  const places = wantedFiles(desired, node).filter((one) => one.fileName === fileName);
  const texts = places.map((place) => [place.directory, describePlace(desired, seen, node, place)] as const);
  const [first] = texts;
  if (first === undefined) return sha256;
  if (texts.every(([, text]) => text === first[1])) return first[1];
  return texts.map(([directory, text]) => `${processOf(directory) ?? directory}: ${text}`).join("; ");
}

function describePlace(desired: DesiredServer, seen: SeenServer, node: SeenNode, place: WantedFile): string {
  const found = findLive(node, place);
  if (found === undefined) return "absent";
  if ((found.form === "folder") !== isFolderName(place.fileName)) return `a ${found.form}`;
  const digest = found.sha256 ?? "unreadable";
  if (!found.readable) return `${digest} (mode ${found.mode}, owner ${found.owner}: ${unreadable})`;
  if (found.form === "link") return `${digest} (a link)`;
  return isMended(desired, seen, found) ? digest : `${digest} (mode ${found.mode}, owner ${found.owner})`;
}

/** What `loaded` reads when no restart is due. */
export const current = "current";

/** How the text of a live file ends that has to be made readable. */
export const unreadable = "Tableau cannot read it";

/** How `loaded` begins where the server has another owner by now. */
export const belongsElsewhere = "belongs to";

/** `current`, or since when a restart is due, or which key that the program leaves to us has drifted, although the live files may be right. */
export function seenLoaded(desired: DesiredServer, seen: SeenServer): string {
  const unread = unreadDirectory(desired, seen);
  if (unread !== null) return unread;
  if (seen.status === "STOPPED") return current;
  if (dueByRecord(seen).length > 0 && seen.restartRequired !== null) {
    return `restart due since ${new Date(seen.restartRequired.since * 1000).toISOString()}`;
  }
  const stale = seen.nodes.flatMap((node) =>
    node.packages
      .filter((found) => wantedFiles(desired, node).some((one) => findLive(node, one) === found && one.sha256 === found.sha256))
      .filter((found) => isLoaded(seen, node, found) === "no")
      .map((found) => ({ node, found })),
  );
  const [first] = stale;
  if (first === undefined) return current;
  const since = new Date(stale.reduce((earliest, { found }) => Math.min(earliest, found.changedAt), Infinity) * 1000).toISOString();
  return `restart due since ${since}`;
}

// The program does not name this key, so it is no input of its own that could show the difference.
function unreadDirectory(desired: DesiredServer, seen: SeenServer): string | null {
  const wish = desired.keys[connectPluginsPathKey];
  const wanted = typeof wish === "string" && wish.startsWith("automatic") ? wantedKey(connectPluginsPathKey, desired, seen) : undefined;
  const now = effectiveKey(connectPluginsPathKey, seen.keys[connectPluginsPathKey], seen.record);
  if (wanted === undefined || sameValue(connectPluginsPathKey, now, wanted)) return null;
  return `${connectPluginsPathKey} is ${now ?? "not set"} instead of ${wanted ?? "not set"}`;
}

/** What `running` holds: the connectors that the last activation confirmed on every node, by class. */
export function running(desired: DesiredServer, seen: SeenServer): Record<string, { sha256: string; version: string }> {
  if (seen.status === "STOPPED" || seen.nodes.length === 0) return {};
  const confirmed = desired.connectors.filter(({ fileName, sha256 }) =>
    seen.nodes.every((node) =>
      wantedFiles(desired, node).every((place) => {
        const found = findLive(node, place);
        return place.fileName !== fileName || (found?.sha256 === sha256 && found.readable && isLoaded(seen, node, found) !== "no");
      }),
    ),
  );
  return Object.fromEntries(confirmed.map(({ pluginClass, sha256, pluginVersion }) => [pluginClass, { sha256, version: pluginVersion }]));
}
