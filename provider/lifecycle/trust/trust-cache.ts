import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FetchedTrust } from "../../deploy/fetch-trust";
import type { NodeInputs } from "../inputs/server-inputs";

/**
 * Copies of what servers trust, in the user's cache, so that a preview can judge trust without touching a host. Each
 * copy lies as in a JRE (`lib/security/cacerts`), so that its lists of disabled algorithms and of blocked certificates
 * come along.
 */
export class TrustCache {
  readonly #directory: string;

  constructor(cacheDirectory: string) {
    this.#directory = join(cacheDirectory, "trust");
  }

  /** Path of the copy of a node's cacerts; null: there is none. */
  path(node: NodeInputs): string | null {
    const path = join(this.#folder(node), "lib", "security", "cacerts");
    return existsSync(path) ? path : null;
  }

  /** Digest of the copy, as {@link FetchedTrust} gives it; null: there is none. */
  digest(node: NodeInputs): string | null {
    return this.#read(node, "digest");
  }

  /** Release of the Tableau Server that the copy comes from; null: not known. */
  release(node: NodeInputs): string | null {
    return this.#read(node, "release");
  }

  /** Keeps what a node trusts; an unchanged one is kept as it is. The copy changes in one rename. */
  async keep(node: NodeInputs, trust: FetchedTrust): Promise<void> {
    if (trust.files.size === 0) return;
    const folder = this.#folder(node);
    const part = `${folder}.${process.pid.toString()}.part`;
    await rm(part, { recursive: true, force: true });
    await mkdir(join(part, "lib", "security"), { recursive: true });
    await mkdir(join(part, "conf", "security"), { recursive: true });
    for (const [name, bytes] of trust.files) {
      await writeFile(join(part, name === "java.security" ? "conf" : "lib", "security", name), bytes);
    }
    await writeFile(join(part, "digest"), trust.digest);
    if (trust.release !== null) await writeFile(join(part, "release"), trust.release);
    await rm(folder, { recursive: true, force: true });
    await rename(part, folder);
  }

  #read(node: NodeInputs, name: string): string | null {
    try {
      return readFileSync(join(this.#folder(node), name), "utf8").trim();
    } catch {
      return null;
    }
  }

  // By address: two servers of one name must not share what they trust.
  #folder({ name, host = "this machine", port = 22 }: NodeInputs): string {
    const key = createHash("sha256")
      .update(`${host}:${String(port)}/${name}`)
      .digest("hex")
      .slice(0, 32);
    return join(this.#directory, key);
  }
}
