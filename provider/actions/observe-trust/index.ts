import { createHash } from "node:crypto";
import { unreadableAnswer } from "../../host/ask";
import { bytes, fileName, orEmpty, path, phrase, sha256, stat, word } from "../../host/fields";
import type { Host } from "../../host/host";
import { last, type Lines, many, maybe } from "../../host/reply";
import type { SeenTrust, TrustEntry } from "../../plan/seen-trust";
import installation from "../../tsm/installation.sh";
import { action, perform } from "../action";
import { arg } from "../arguments";
import { folders } from "../files/folders";
import { largestTrustFile } from "../trust/trust-files";
import trustStore from "../trust/trust-store.sh";
import script from "./linux.sh";
import { onWindows } from "./windows";

/** More releases than lie on any node beside each other. */
const mostStores = 64;

/** Tells of the trust store of every JRE that Tableau Server has on a node. It changes nothing. */
export const observeTrust = action({
  name: "observe-trust",
  as: "privileged",
  args: {
    /** The tsm that the program names: the stores are those of the same installation. */
    tsmPath: arg.orNull(arg.path, ""),
    /** Digests of contents that are known: they are not sent again. */
    known: arg.counted(arg.sha256),
  },
  linux: folders + installation + trustStore + script,
  windows: onWindows,
  reply: {
    absent: maybe({ lookedFor: phrase(16_384) }),
    /** Without a digest: it is there and cannot be read, is a link, or is missing. */
    store: many(mostStores, { repository: fileName, use: word("runs", "idle"), path, sha256: orEmpty(sha256), stat: orEmpty(stat) }, [
      "repository",
    ]),
    /** A folder with a temporary file of an interrupted run. */
    leftover: many(mostStores, { directory: path }, ["directory"]),
    content: many(mostStores, { sha256, content: bytes(largestTrustFile) }),
    end: last(),
  },
  // A few stores of the largest size, in base64.
  mostHeld: () => 4 * largestTrustFile,
});

/** Reads the entries of a `cacerts`. Throws an Error with a clause that says what is wrong. */
export type ReadStore = (bytes: Buffer) => readonly TrustEntry[];

export interface StoresQuestion {
  readonly tsmPath: string | null;
  readonly readStore: ReadStore;
  readonly timeoutSeconds: number;
}

type Entries = readonly TrustEntry[] | { readonly why: string };

/** Looks at the trust stores of a node. Contents travel only where this process has not read the same before. */
export async function observeStores(host: Host, { tsmPath, readStore, timeoutSeconds }: StoresQuestion): Promise<SeenTrust> {
  const known = readBefore(readStore);
  const { lines, status } = await perform(host, observeTrust, { tsmPath, known: [...known.keys()] }, { timeoutSeconds });
  if (status !== 0) throw unreadableAnswer(host.node, "observe-trust", `it ended early with status ${String(status)}`);
  return toSeenTrust(host.node, lines, known, readStore);
}

/**
 * What an answer says of the trust stores of a node.
 *
 * @throws TableauError host-answer-unreadable where a content has another digest than was told, or one is missing.
 */
export function toSeenTrust(
  node: string,
  { absent: [absent], store, content, leftover }: Lines<ReturnType<typeof observeTrust.reply>>,
  known: Map<string, Entries>,
  readStore: ReadStore,
): SeenTrust {
  for (const { sha256: told, content: bytesOfStore } of content) {
    if (createHash("sha256").update(bytesOfStore).digest("hex") !== told) {
      throw unreadableAnswer(node, "observe-trust", "a store came damaged");
    }
    known.set(told, read(bytesOfStore, readStore));
  }
  const leftovers = leftover.map(({ directory }) => directory);
  if (absent !== undefined && store.length === 0) return { stores: [], leftovers, lookedFor: absent.lookedFor };
  return {
    leftovers,
    stores: store.map(({ repository, use, path: at, sha256: digest, stat: told }) => {
      if (digest === null || told === null) {
        return { repository, use, path: at, sha256: null, entries: null, changedAt: 0, why: "it is missing, a link, or too large" };
      }
      const entries = known.get(digest);
      if (entries === undefined) throw unreadableAnswer(node, "observe-trust", `it does not send the store of ${repository}`);
      const { changedAt, means } = told;
      return {
        ...{ repository, use, path: at, sha256: digest, changedAt },
        ...(means === "writing" ? { changedAtMeans: means } : {}),
        ...("why" in entries ? { entries: null, why: entries.why } : { entries }),
      };
    }),
  };
}

function read(content: Buffer, readStore: ReadStore): Entries {
  try {
    return readStore(content);
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}

/** So many stores are remembered: a node has a few, and mostly all nodes the same. */
const mostRemembered = 24;

// By its reader, which knows the password that a store is read with.
const remembered = new WeakMap<ReadStore, Map<string, Entries>>();

function readBefore(readStore: ReadStore): Map<string, Entries> {
  const known = remembered.get(readStore) ?? new Map<string, Entries>();
  for (const oldest of [...known.keys()].slice(0, Math.max(0, known.size - mostRemembered))) known.delete(oldest);
  remembered.set(readStore, known);
  return known;
}
