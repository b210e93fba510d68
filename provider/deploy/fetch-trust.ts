import { ask, unreadableAnswer } from "../host/ask";
import { bytes, path as absolutePath, sha256, word } from "../host/fields";
import type { Host } from "../host/host";
import { type Lines, many, maybe } from "../host/reply";
import { batched } from "./batched";
import trustScript from "./scripts/trust.sh";
import { largestTrustFile, trustDigest, trustFileNames, type TrustFiles } from "./trust-files";
import { trustForm } from "./windows/trust";

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

/**
 * Asks a node for its trust anchors in one round trip, for everybody who asks at the same time; bytes travel only if they
 * differ from `known`.
 *
 * @returns null if the node has no cacerts that the login user can read.
 */
export async function fetchTrust(host: Host, known: string | null, timeoutSeconds: number): Promise<FetchedTrust | null> {
  return await askTogether(host, { known, timeoutSeconds });
}

interface TrustQuestion {
  readonly known: string | null;
  readonly timeoutSeconds: number;
}

const askTogether = batched<TrustQuestion, FetchedTrust | null>(1000, async (host, questions) => {
  const answers = new Map<string | null, Promise<FetchedTrust | null>>();
  for (const { known, timeoutSeconds } of questions) {
    if (!answers.has(known)) answers.set(known, askFor(host, known, timeoutSeconds));
  }
  return await Promise.all(questions.map(async ({ known }) => (await answers.get(known)) ?? null));
});

async function askFor(host: Host, known: string | null, timeoutSeconds: number): Promise<FetchedTrust | null> {
  const { lines } = await ask(host, {
    name: "trust",
    text: trustScript,
    windows: trustForm,
    args: [known ?? "none"],
    reply: trustReply,
    mostHeld: mostTrustHeld,
    as: "privileged",
    timeoutSeconds,
  });
  return toFetchedTrust(host.node, known, lines);
}

/** A file of the largest size in base64, and others as they are. */
export const mostTrustHeld = 2 * largestTrustFile;

/** What a script that looks for a trust store answers. */
export const trustReply = {
  absent: maybe({}),
  digest: maybe({ digest: sha256, path: absolutePath }),
  file: many(trustFileNames.length, { name: word(...trustFileNames), content: bytes(largestTrustFile) }, ["name"]),
} as const;

/**
 * What an answer says of a trust store; null: there is none.
 *
 * @throws TableauError host-answer-unreadable where the files do not have the digest that was told, or where none came
 * although the digest is not the one known.
 */
export function toFetchedTrust(
  node: string,
  known: string | null,
  { absent, digest: [found], file }: Lines<typeof trustReply>,
): FetchedTrust | null {
  if (found === undefined && absent.length > 0 && file.length === 0) return null;
  if (found === undefined) throw unreadableAnswer(node, "trust", "it tells of no trust store, nor that there is none");
  const files = new Map(file.map(({ name, content }) => [name, content]));
  if (files.size === 0 && found.digest !== known) throw unreadableAnswer(node, "trust", "it sends no file");
  if (files.size > 0 && (!files.has("cacerts") || trustDigest(files) !== found.digest))
    throw unreadableAnswer(node, "trust", "its files came damaged");
  return { digest: found.digest, path: found.path, release: releaseOf(found.path), files };
}

// .../packages/repository.20242.24.0807.0327/jre/... or .../Tableau Desktop 2024.2.app/Contents/...
function releaseOf(path: string): string | null {
  const [, year, minor] = /\/repository\.(\d{4})(\d)\./.exec(path) ?? /[\\/]Tableau [^\\/]*?(\d{4})\.(\d)/.exec(path) ?? [];
  return year === undefined || minor === undefined ? null : `${year}.${minor}`;
}
