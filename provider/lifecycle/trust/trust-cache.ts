import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FetchedTrust } from "../../deploy/fetch-trust";
import type { NodeInputs } from "../inputs/server-inputs";

/** What is known of a node's trust store. */
interface Known {
  /** As {@link FetchedTrust} gives it. */
  readonly digest: string;
  readonly release: string | null;
}

/**
 * Copies of what servers trust, in the user's cache, so that a preview can judge trust without touching a host.
 *
 * A copy lies under its digest, as in a JRE (`lib/security/cacerts`), so that its lists of disabled algorithms and of
 * blocked certificates come along, and is never changed; a small file for each node says which one is its own. So several
 * resources and processes may keep and read at the same time.
 */
export class TrustCache {
  readonly #directory: string;

  constructor(cacheDirectory: string) {
    this.#directory = join(cacheDirectory, "trust");
  }

  /** Path of the copy of a node's cacerts; null: there is none. */
  path(node: NodeInputs): string | null {
    const known = this.#known(node);
    const path = known === null ? null : cacertsIn(this.#store(known.digest));
    return path !== null && existsSync(path) ? path : null;
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
  async keep(node: NodeInputs, { digest, release, files }: FetchedTrust): Promise<void> {
    if (files.size > 0 && !existsSync(cacertsIn(this.#store(digest)))) await this.#keepFiles(digest, files);
    const known: Known = { digest, release };
    await mkdir(dirname(this.#pointer(node)), { recursive: true });
    const part = `${this.#pointer(node)}.${unique()}.part`;
    await writeFile(part, JSON.stringify(known));
    await rename(part, this.#pointer(node));
  }

  async #keepFiles(digest: string, files: FetchedTrust["files"]): Promise<void> {
    const part = `${this.#store(digest)}.${unique()}.part`;
    await mkdir(join(part, "lib", "security"), { recursive: true });
    await mkdir(join(part, "conf", "security"), { recursive: true });
    for (const [name, bytes] of files) {
      await writeFile(join(part, name === "java.security" ? "conf" : "lib", "security", name), bytes);
    }
    try {
      await rename(part, this.#store(digest));
    } catch (error) {
      await rm(part, { recursive: true, force: true });
      // Somebody else kept the same copy just now.
      if (!existsSync(cacertsIn(this.#store(digest)))) throw error;
    }
  }

  #known(node: NodeInputs): Known | null {
    try {
      return JSON.parse(readFileSync(this.#pointer(node), "utf8")) as Known;
    } catch {
      return null;
    }
  }

  #store(digest: string): string {
    return join(this.#directory, "stores", digest);
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

function cacertsIn(store: string): string {
  return join(store, "lib", "security", "cacerts");
}

function unique(): string {
  return randomBytes(6).toString("hex");
}
