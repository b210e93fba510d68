import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { TableauError } from "../../error";
import { jdk17 } from "../policy/jdk17";
import type { DisabledAlgorithms } from "../policy/jdk17";
import { readBlockedCerts } from "./blocked-certs";
import { readJavaSecurity } from "./java-security";
import { readTrustStore } from "./read-trust-store";
import { collectAnchors } from "./trust-anchors";
import type { TrustAnchors } from "./trust-anchors";

/** A trust store: a path, or bytes with a name for errors. */
export type TrustStore = string | { readonly name: string; readonly bytes: Buffer };

export interface OpenTrustStores {
  readonly anchors: TrustAnchors;
  /** From `java.security` of the JRE that a store lies in, else JDK 17's. */
  readonly disabled: DisabledAlgorithms;
  /** From `blocked.certs` beside a store. */
  readonly blocked: ReadonlySet<string>;
}

/**
 * Opens trust stores. A store that lies in a JRE (`lib/security/cacerts`) brings that JRE's lists of disabled algorithms and of
 * blocked certificates along.
 *
 * @throws TableauError `trust-store-unreadable`
 */
export async function openTrustStores(stores: readonly TrustStore[], password: string | undefined): Promise<OpenTrustStores> {
  const contents = [];
  const blocked = new Set<string>();
  let disabled: DisabledAlgorithms = jdk17;
  for (const store of stores) {
    const { name, bytes } = typeof store === "string" ? { name: store, bytes: await read(store) } : store;
    contents.push(readTrustStore(bytes, name, password));
    if (typeof store === "string") {
      const folder = dirname(store);
      const list = await readOptional(join(folder, "blocked.certs"));
      (list === undefined ? [] : readBlockedCerts(list)).forEach((digest) => blocked.add(digest));
      const properties = await readOptional(join(folder, "..", "..", "conf", "security", "java.security"));
      disabled = properties === undefined ? disabled : readJavaSecurity(properties);
    }
  }
  return { anchors: collectAnchors(contents), disabled, blocked };
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new TableauError("trust-store-unreadable", {
      message: `The trust store ${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
      next: "Check the path and its permissions.",
      cause,
    });
  }
}

async function readOptional(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return undefined;
  }
}
