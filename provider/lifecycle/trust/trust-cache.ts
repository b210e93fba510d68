import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FetchedTrust } from "../../actions/trust";
import { trustDigest, trustFileNames, type TrustFileName, type TrustFiles } from "../../actions/trust/trust-files";
import type { NodeInputs } from "../../schema/server";

/** What is known of a node's trust store. */
interface Known {
  /** As {@link FetchedTrust} gives it. */
  readonly digest: string;
  readonly release: string | null;
}

const digestPattern = /^[0-9a-f]{64}$/;
const releasePattern = /^\d{4}\.\d$/;

/**
 * Copies of what servers trust, in the user's cache, so that a preview can judge trust without touching a host.
 *
 * A copy lies under its digest, as in a JRE (`lib/security/cacerts`), so that its lists of disabled algorithms and of
 * blocked certificates come along, and is never changed; a small file for each node says which one is its own. So several
 * resources and processes may keep and read at the same time.
 *
 * No name and no digest that a node gave becomes part of a path: the digest is that of the bytes that came, and the names are
 * ours. Else a node could write where it likes, or put its own authority in place of another server's copy.
 */
export class TrustCache {
  readonly #directory: string;
  /** Copies whose bytes were seen to have their digest. */
  readonly #sound = new Set<string>();

  constructor(cacheDirectory: string) {
    this.#directory = join(cacheDirectory, "trust");
  }

  /** Path of the copy of a node's cacerts; null: there is none. */
  path(node: NodeInputs): string | null {
    const known = this.#known(node);
    return known === null || !this.#isSound(known.digest) ? null : this.#file(known.digest, "cacerts");
  }

  /** Digest of the copy; null: there is none. */
  digest(node: NodeInputs): string | null {
    return this.path(node) === null ? null : (this.#known(node)?.digest ?? null);
  }

  /** Release of the Tableau Server that the copy comes from; null: not known. */
  release(node: NodeInputs): string | null {
    return this.#known(node)?.release ?? null;
  }

  /** Keeps what a node trusts. */
  async keep(node: NodeInputs, { digest: told, release, files }: FetchedTrust): Promise<void> {
    const digest = files.size > 0 ? trustDigest(files) : told;
    if (!digestPattern.test(digest)) throw new TypeError(`not a digest: ${JSON.stringify(digest)}`);
    if (files.size > 0 && !this.#isSound(digest)) await this.#keepFiles(digest, files);
    const known: Known = { digest, release };
    await mkdir(dirname(this.#pointer(node)), { recursive: true });
    const part = `${this.#pointer(node)}.${unique()}.part`;
    await writeFile(part, JSON.stringify(known));
    await rename(part, this.#pointer(node));
  }

  async #keepFiles(digest: string, files: TrustFiles): Promise<void> {
    const part = `${this.#store(digest)}.${unique()}.part`;
    for (const name of trustFileNames) {
      const bytes = files.get(name);
      const path = join(part, folderOf[name], name);
      await mkdir(dirname(path), { recursive: true });
      if (bytes !== undefined) await writeFile(path, bytes);
    }
    try {
      // One whose bytes are others than its name says is no copy.
      if (existsSync(this.#store(digest)) && !this.#isSound(digest)) await rename(this.#store(digest), `${part}.unsound`);
      await rename(part, this.#store(digest));
    } catch (error) {
      // Somebody else may have kept the same copy just now.
      if (!this.#isSound(digest)) throw error;
    } finally {
      for (const leftover of [part, `${part}.unsound`]) await rm(leftover, { recursive: true, force: true });
    }
  }

  #isSound(digest: string): boolean {
    if (this.#sound.has(digest)) return existsSync(this.#file(digest, "cacerts"));
    const hash = createHash("sha256");
    let found = false;
    for (const name of trustFileNames) {
      const bytes = bytesOf(this.#file(digest, name));
      if (bytes !== null) hash.update(bytes);
      if (bytes !== null && name === "cacerts") found = true;
    }
    const sound = found && hash.digest("hex") === digest;
    if (sound) this.#sound.add(digest);
    return sound;
  }

  #known(node: NodeInputs): Known | null {
    const text = bytesOf(this.#pointer(node))?.toString("utf8");
    return text === undefined ? null : readKnown(text);
  }

  #store(digest: string): string {
    return join(this.#directory, "stores", digest);
  }

  #file(digest: string, name: TrustFileName): string {
    return join(this.#store(digest), folderOf[name], name);
  }

  // By address: two servers of one name must not share what they trust.
  #pointer({ name, host = "this machine", port = 22 }: NodeInputs): string {
    const key = createHash("sha256")
      .update(`${host}:${String(port)}/${name}`)
      .digest("hex")
      .slice(0, 32);
    return join(this.#directory, "nodes", `${key}.json`);
  }
}

const folderOf: Readonly<Record<TrustFileName, string>> = {
  cacerts: join("lib", "security"),
  "blocked.certs": join("lib", "security"),
  "java.security": join("conf", "security"),
};

// A file of the cache may come from an earlier version, or may be damaged: what is no pointer is as if there were none.
function readKnown(text: string): Known | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return null;
    const { digest, release = null } = value as Record<string, unknown>;
    if (typeof digest !== "string" || !digestPattern.test(digest)) return null;
    return { digest, release: typeof release === "string" && releasePattern.test(release) ? release : null };
  } catch {
    return null;
  }
}

function bytesOf(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

function unique(): string {
  return randomBytes(6).toString("hex");
}
