import type { AnswerRecord, Host } from "../host/host";
import { batched } from "./batched";
import trustScript from "./scripts/trust.sh";
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
  readonly files: ReadonlyMap<string, Buffer>;
}

/**
 * Asks a node for its trust anchors in one round trip, for everybody who asks at the same time; bytes travel only if they
 * differ from `known`.
 *
 * @returns null if the node has no cacerts that the login user can read.
 */
export async function fetchTrust(host: Host, known: string | null, timeoutSeconds: number): Promise<FetchedTrust | null> {
  return await ask(host, { known, timeoutSeconds });
}

interface TrustQuestion {
  readonly known: string | null;
  readonly timeoutSeconds: number;
}

const ask = batched<TrustQuestion, FetchedTrust | null>(1000, async (host, questions) => {
  const answers = new Map<string | null, Promise<FetchedTrust | null>>();
  for (const { known, timeoutSeconds } of questions) {
    if (!answers.has(known)) answers.set(known, askFor(host, known, timeoutSeconds));
  }
  return await Promise.all(questions.map(async ({ known }) => (await answers.get(known)) ?? null));
});

async function askFor(host: Host, known: string | null, timeoutSeconds: number): Promise<FetchedTrust | null> {
  const { records } = await host.run({
    name: "trust",
    text: trustScript,
    windows: trustForm,
    args: [known ?? "none"],
    as: "privileged",
    timeoutSeconds,
  });
  return toFetchedTrust(records);
}

/** What the records of a script that looks for a trust store say; null: there is none. */
export function toFetchedTrust(records: readonly AnswerRecord[]): FetchedTrust | null {
  const found = records.find(([key]) => key === "digest");
  if (found === undefined) return null;
  const [, digest = "", path = ""] = found;
  const files = records
    .filter(([key]) => key === "file")
    .map(([, name = "", base64 = ""]) => [name, Buffer.from(base64, "base64")] as const);
  return { digest, path, release: releaseOf(path), files: new Map(files) };
}

// .../packages/repository.20242.24.0807.0327/jre/... or .../Tableau Desktop 2024.2.app/Contents/...
function releaseOf(path: string): string | null {
  const [, year, minor] = /\/repository\.(\d{4})(\d)\./.exec(path) ?? /[\\/]Tableau [^\\/]*?(\d{4})\.(\d)/.exec(path) ?? [];
  return year === undefined || minor === undefined ? null : `${year}.${minor}`;
}
