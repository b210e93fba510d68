import { createHash } from "node:crypto";
import { type BigIntStats, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { World } from "../../scenarios/support";

/**
 * Looks at the live folders as the server would: every `.taco` that is ever seen there must be one of the known packages,
 * complete. Looks when it is told to, and every few milliseconds in between.
 */
export class LiveWatch {
  /** What was seen that is no known package, as `node file`. */
  readonly strangers = new Set<string>();
  /** By node, every digest that was ever live. */
  readonly ever = new Map<string, Set<string>>();
  readonly #known = new Set<string>();
  readonly #folders: readonly (readonly [node: string, folder: string])[];
  readonly #timer: NodeJS.Timeout;

  constructor(world: World) {
    this.#folders = world.cluster.nodes.map(({ name }) => [name, world.cluster.nodePath(name, world.cluster.paths.connectors)]);
    this.#timer = setInterval(() => this.look(), 10);
  }

  know(bytes: Buffer): void {
    this.#known.add(digestOf(bytes));
  }

  /** Somebody has taken a file away who may. */
  forgive(bytes: Buffer): void {
    for (const digests of this.ever.values()) digests.delete(digestOf(bytes));
  }

  /** Forgets what was seen so far. */
  begin(): void {
    this.strangers.clear();
    this.ever.clear();
    this.look();
  }

  look(): void {
    for (const [node, folder] of this.#folders) {
      for (const file of filesOf(folder)) {
        if (!file.endsWith(".taco")) continue;
        const digest = digestOfFile(join(folder, file));
        // It was removed or renamed just now.
        if (digest === null) continue;
        if (!this.#known.has(digest)) this.strangers.add(`${node} ${file} ${digest.slice(0, 12)}`);
        const seen = this.ever.get(node) ?? new Set();
        this.ever.set(node, seen.add(digest));
      }
    }
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

export function digestOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Names in a folder; none where it does not exist. */
export function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Digest of a file; null where there is none. A file is read again only when it is another one or has changed. */
export function digestOfFile(path: string): string | null {
  try {
    const identity = identityOf(statSync(path, { bigint: true }));
    const known = digests.get(identity);
    if (known !== undefined) return known;
    const digest = digestOf(readFileSync(path));
    // What changed while it was read is not remembered.
    if (identityOf(statSync(path, { bigint: true })) === identity) digests.set(identity, digest);
    return digest;
  } catch {
    return null;
  }
}

const digests = new Map<string, string>();

function identityOf({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [dev, ino, size, mtimeNs, ctimeNs].join(" ");
}
