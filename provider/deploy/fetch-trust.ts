import { createHash } from "node:crypto";
import { TableauError } from "../error";
import type { AnswerRecord, Host } from "../host/host";
import { batched } from "./batched";
import trustScript from "./scripts/trust.sh";
import { trustForm } from "./windows/trust";

/** The files of a JRE that decide whom it trusts, in the order in which their bytes are hashed together. */
export const trustFileNames = ["cacerts", "blocked.certs", "java.security"] as const;

export type TrustFileName = (typeof trustFileNames)[number];

export type TrustFiles = ReadonlyMap<TrustFileName, Buffer>;

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

/** SHA-256 over all files, in hex. */
export function trustDigest(files: TrustFiles): string {
  const hash = createHash("sha256");
  for (const name of trustFileNames) hash.update(files.get(name) ?? "");
  return hash.digest("hex");
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
  return toFetchedTrust(host.node, known, records);
}

/**
 * What the records of a script that looks for a trust store say; null: there is none.
 *
 * @throws TableauError host-answer-unreadable where files came under other names than a JRE has, or without the digest that
 * was told; where none came although the digest is not the one known.
 */
export function toFetchedTrust(node: string, known: string | null, records: readonly AnswerRecord[]): FetchedTrust | null {
  const found = records.find(([key]) => key === "digest");
  if (found === undefined) return null;
  const [, digest = "", path = ""] = found;
  const files = new Map<TrustFileName, Buffer>();
  for (const [key, name, base64 = ""] of records) {
    if (key !== "file") continue;
    const expected = trustFileNames.find((one) => one === name);
    if (expected === undefined) throw unreadable(node, `it sent a file ${JSON.stringify(name ?? "")}`);
    files.set(expected, Buffer.from(base64, "base64"));
  }
  if (files.size === 0 && digest !== known) throw unreadable(node, "it sent no file");
  if (files.size > 0 && (!files.has("cacerts") || trustDigest(files) !== digest)) throw unreadable(node, "its files came damaged");
  return { digest, path, release: releaseOf(path), files };
}

function unreadable(node: string, what: string): TableauError {
  return new TableauError("host-answer-unreadable", {
    node,
    message: `The node's answer to the question for its trust store cannot be used: ${what}.`,
    next: "Run the same command again; if it fails again, look at the trust store on that node.",
  });
}

// .../packages/repository.20242.24.0807.0327/jre/... or .../Tableau Desktop 2024.2.app/Contents/...
function releaseOf(path: string): string | null {
  const [, year, minor] = /\/repository\.(\d{4})(\d)\./.exec(path) ?? /[\\/]Tableau [^\\/]*?(\d{4})\.(\d)/.exec(path) ?? [];
  return year === undefined || minor === undefined ? null : `${year}.${minor}`;
}
