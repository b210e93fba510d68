import {
  asked,
  count,
  either,
  fileName,
  longText,
  orAbsent,
  orEmpty,
  parted,
  path,
  phrase,
  folder,
  seconds,
  sha256,
  stat,
  userName,
  word,
} from "../../host/fields";
import { unsafeLine } from "../unsafe-folder";
import { longestRecord } from "../record/parse-record";
import { last, many, maybe, once } from "../../host/reply";

export interface ObserveQuestion {
  readonly digests: readonly string[];
  readonly directories: readonly string[];
}

const largestNumber = Number.MAX_SAFE_INTEGER;

// More than any folder of connectors or store has.
const mostFiles = 20_000;

/** What the look at a node may answer. */
// eslint-disable-next-line @typescript-eslint/explicit-module-boundary-types -- what it returns is the declaration
export function observeReply({ digests, directories }: ObserveQuestion) {
  const directory = asked(directories);
  const file = { directory, fileName };
  return {
    clock: once({ now: seconds, uptime: phrase(64) }),
    boot: maybe({ id: phrase(64) }),
    login: once({ user: userName }),
    runas: once({ user: userName, groups: phrase(16_384) }),
    installed: maybe({ folder: path }),
    /** Where the server's processes have their folders, if that is not where they usually are. */
    processes: maybe({ folder: path, packages: word("some", "none") }),
    process: many(mostFiles, { name: phrase(64), start: seconds, ticks: count(largestNumber) }),
    /** A digest of the store that was asked for, and what the bytes really have. */
    verified: many(digests.length, { sha256: asked(digests), got: orEmpty(sha256) }, ["sha256"]),
    stored: many(
      mostFiles,
      {
        name: fileName,
        stat: orEmpty(parted(count(largestNumber), seconds)),
        pluginClass: phrase(1024),
        pluginVersion: phrase(1024),
        file: phrase(1024),
      },
      ["name"],
    ),
    directory: many(
      directories.length,
      { path: directory, state: either(word("absent"), folder), parent: orAbsent(word("", "in")), wouldBe: orAbsent(phrase(1200)) },
      ["path"],
    ),
    /** On Windows: when something was last put into a directory, or taken out of it. */
    entries: many(directories.length, { directory, changedAt: seconds }, ["directory"]),
    // Names, times and digests of a directory come as three lists in the same order.
    name: many(mostFiles, file, ["directory", "fileName"]),
    stat: many(mostFiles, { directory, stat }),
    digest: many(mostFiles, { directory, sha256 }),
    link: many(mostFiles, { ...file, changedAt: seconds }, ["directory", "fileName"]),
    /** A file that vanished meanwhile has no more to tell. */
    unreadable: many(mostFiles, { ...file, stat: orEmpty(stat) }, ["directory", "fileName"]),
    /** An unpacked connector: its manifest, its digest, and the first file in it that not everybody can read. */
    folder: many(
      mostFiles,
      { ...file, stat: orEmpty(stat), manifest: longText(262_144), sha256: orEmpty(sha256), closed: orAbsent(phrase(8192)) },
      ["directory", "fileName"],
    ),
    /** A folder that is not worked in. */
    unsafe: many(directories.length + 1, unsafeLine, ["path"]),
    /** Whose rights are taken in a directory of somebody else. */
    "works-as": many(directories.length, { directory, user: userName }, ["directory"]),
    /** What has an access list, and whether Tableau can read it; of the directory itself the name is empty. */
    access: many(mostFiles, { directory, fileName: orEmpty(fileName), readable: word("yes", "no", "unknown") }, ["directory", "fileName"]),
    record: maybe({ text: longText(longestRecord) }),
    "restart-required": maybe({ since: seconds, reason: longText(4096) }),
    end: last(),
  };
}
