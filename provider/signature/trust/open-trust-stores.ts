import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { TableauError } from "../../vocabulary/error";
import { reasonOf } from "../../vocabulary/file-reason";
import { readLimited } from "../../vocabulary/read-limited";
import { jdk17, type DisabledAlgorithms } from "../policy/jdk17";
import { readJavaSecurity } from "./java-security";
import { readTrustStore } from "./read-trust-store";
import { collectAnchors, type StoreContents, type TrustAnchors } from "./trust-anchors";

/** A trust store: a path, or bytes with a name for errors. */
export type TrustStore = string | TrustStoreBytes;

/** A trust store that was read already. */
export interface TrustStoreBytes {
  /** For errors. */
  readonly name: string;
  /** Its whole file. */
  readonly bytes: Buffer;
}

/** Where the certificates to trust come from. */
export interface TrustSources {
  /**
   * Stores that stand for the JRE's own `cacerts`, such as that of the Tableau server. A chain that leads to one of their
   * certificates is trusted, as Tableau does it.
   */
  readonly cacerts?: readonly TrustStore[];
  /**
   * Stores that stand for jarsigner's `-keystore`: they are trusted as well, but jarsigner (exit code 32), and so we, also want a certificate of the
   * chain in the package to be one of theirs.
   */
  readonly keystores?: readonly TrustStore[];
  /** Only needed for an encrypted PKCS#12 store; guards the integrity of others. */
  readonly password?: string;
}

export interface OpenTrustStores {
  readonly anchors: TrustAnchors;
  readonly keystore: TrustAnchors | undefined;
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
export async function openTrustStores({ cacerts = [], keystores = [], password }: TrustSources): Promise<OpenTrustStores> {
  const own = await Promise.all(keystores.map((store) => openStore(store, password)));
  const all = [...own, ...(await Promise.all(cacerts.map((store) => openStore(store, password))))];
  const settings = await Promise.all([...keystores, ...cacerts].filter((store) => typeof store === "string").map(readSettings));
  return {
    anchors: collectAnchors(all),
    keystore: keystores.length === 0 ? undefined : collectAnchors(own),
    disabled: settings.find(({ disabled }) => disabled !== undefined)?.disabled ?? jdk17,
    blocked: new Set(settings.flatMap(({ blocked }) => blocked)),
  };
}

async function openStore(store: TrustStore, password: string | undefined): Promise<StoreContents> {
  const { name, bytes } = typeof store === "string" ? { name: store, bytes: await read(store) } : store;
  return readTrustStore(bytes, name, password);
}

/** What lies around a store in the JRE that it belongs to. */
async function readSettings(
  store: string,
): Promise<{ readonly disabled: DisabledAlgorithms | undefined; readonly blocked: readonly string[] }> {
  const folder = dirname(store);
  const list = await readOptional(join(folder, "blocked.certs"));
  const properties = await readOptional(join(folder, "..", "..", "conf", "security", "java.security"));
  return {
    blocked: list === undefined ? [] : [...readBlockedCerts(list)],
    disabled: properties === undefined ? undefined : readJavaSecurity(properties),
  };
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readLimited(path, "trustStore");
  } catch (cause) {
    throw new TableauError("trust-store-unreadable", {
      message: `The trust store ${path} cannot be read: ${reasonOf(cause)}.`,
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

/**
 * Reads a JRE's `blocked.certs`: SHA-256 digests of certificates that no chain may contain.
 *
 * @throws Error if its digests are of another kind: then nobody can say that a certificate is not among them.
 */
export function readBlockedCerts(text: string): ReadonlySet<string> {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const algorithm = lines.find((line) => line.startsWith("Algorithm="))?.slice("Algorithm=".length);
  if (algorithm !== undefined && algorithm.toUpperCase() !== "SHA-256") {
    throw new Error(`The list of blocked certificates uses ${algorithm}, expected SHA-256.`);
  }
  return new Set(lines.filter((line) => /^[0-9A-Fa-f]{64}$/.test(line)).map((line) => line.toLowerCase()));
}
