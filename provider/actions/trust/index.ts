import { unreadableAnswer } from "../../host/ask";
import { bytes, path as absolutePath, phrase, sha256, word } from "../../host/fields";
import type { Host } from "../../host/host";
import { type Lines, many, maybe } from "../../host/reply";
import installation from "../../tsm/installation.sh";
import { action, perform } from "../action";
import { arg } from "../arguments";
import { batched } from "../batched";
import { folders } from "../files/folders";
import script from "./linux.sh";
import { largestTrustFile, trustDigest, trustFileNames, type TrustFiles } from "./trust-files";
import { onWindows } from "./windows";

/** What an action that sends a trust store answers. */
export const trustAnswer = {
  reply: {
    absent: maybe({ lookedFor: phrase(16_384) }),
    digest: maybe({ digest: sha256, path: absolutePath }),
    file: many(trustFileNames.length, { name: word(...trustFileNames), content: bytes(largestTrustFile) }, ["name"]),
  },
  // A file of the largest size in base64, and others as they are.
  mostHeld: () => 2 * largestTrustFile,
} as const;

/** Sends what the node's Tableau Server trusts: the cacerts of its JRE, its blocked.certs and its java.security. It changes nothing. */
export const trust = action({
  ...trustAnswer,
  name: "trust",
  as: "privileged",
  args: {
    /** Digest of what is known already: then nothing is sent again. */
    known: arg.orNull(arg.sha256, "none"),
    /** The tsm that the program names: the store is that of the same installation. */
    tsmPath: arg.orNull(arg.path, ""),
  },
  linux: folders + installation + script,
  windows: onWindows,
});

/** What the Tableau Server of a node trusts. */
export interface FetchedTrust {
  /** Over all files. */
  readonly digest: string;
  /** Path of cacerts on the node. */
  readonly path: string;
  /** Release of the server that the JRE came with, by its folder's name; null: the name does not tell. */
  readonly release: string | null;
  /** By name: cacerts, and blocked.certs and java.security where there are such. Empty: the same as `known`. */
  readonly files: TrustFiles;
}

/** There is no trust store that can be read. */
export interface NoTrust {
  readonly lookedFor: string;
}

export interface TrustQuestion {
  readonly known: string | null;
  readonly tsmPath: string | null;
  readonly timeoutSeconds: number;
}

/**
 * Asks a node for its trust anchors in one round trip, for everybody who asks at the same time; bytes travel only if they
 * differ from what is known. The installation is found as tsm is (tsm/installation.sh).
 */
export async function fetchTrust(host: Host, question: TrustQuestion): Promise<FetchedTrust | NoTrust> {
  return await askTogether(host, question);
}

const askTogether = batched<TrustQuestion, FetchedTrust | NoTrust>(1000, async (host, questions) => {
  const answers = new Map<string, Promise<FetchedTrust | NoTrust>>();
  return await Promise.all(
    questions.map((question) => {
      const key = JSON.stringify([question.known, question.tsmPath]);
      const answer = answers.get(key) ?? askFor(host, question);
      answers.set(key, answer);
      return answer;
    }),
  );
});

async function askFor(host: Host, { known, tsmPath, timeoutSeconds }: TrustQuestion): Promise<FetchedTrust | NoTrust> {
  const { lines } = await perform(host, trust, { known, tsmPath }, { timeoutSeconds });
  return toFetchedTrust(host.node, known, lines);
}

/**
 * What an answer says of a trust store.
 *
 * @throws TableauError host-answer-unreadable where the files do not have the digest that was told, or where none came
 * although the digest is not the one known.
 */
export function toFetchedTrust(
  node: string,
  known: string | null,
  { absent: [absent], digest: [found], file }: Lines<typeof trustAnswer.reply>,
): FetchedTrust | NoTrust {
  if (found === undefined && absent !== undefined && file.length === 0) return { lookedFor: absent.lookedFor };
  if (found === undefined) throw unreadableAnswer(node, "trust", "it tells of no trust store, nor that there is none");
  const files = new Map(file.map(({ name, content }) => [name, content]));
  if (files.size === 0 && found.digest !== known) throw unreadableAnswer(node, "trust", "it sends no file");
  if (files.size > 0 && (!files.has("cacerts") || trustDigest(files) !== found.digest)) {
    throw unreadableAnswer(node, "trust", "its files came damaged");
  }
  return { digest: found.digest, path: found.path, release: releaseOf(found.path), files };
}

// .../packages/repository.20242.24.0807.0327/jre/... or .../Tableau Desktop 2024.2.app/Contents/...
function releaseOf(path: string): string | null {
  const [, year, minor] = /\/repository\.(\d{4})(\d)\./.exec(path) ?? /[\\/]Tableau [^\\/]*?(\d{4})\.(\d)/.exec(path) ?? [];
  return year === undefined || minor === undefined ? null : `${year}.${minor}`;
}
